# exercise: wordpiece
# expect: wrong
# meant: puts the word in lower case
# about: lower.?case|\blower|capital|upper|changed
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    word = word.lower()
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces
