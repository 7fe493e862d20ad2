# exercise: wordpiece
# expect: wrong
# meant: counts bytes for the limit of 100
# about: byte|characters|encode|UTF-?8|non-?ascii
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word.encode("utf-8")) > 100:
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
