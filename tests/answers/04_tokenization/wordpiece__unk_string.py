# exercise: wordpiece
# expect: wrong
# meant: returns the string "[UNK]", not a list that holds it
# about: list|string|\bstr\b|type|brackets
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return "[UNK]"
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                pieces.append(piece)
                start = end
                break
        else:
            return "[UNK]"
    return pieces
