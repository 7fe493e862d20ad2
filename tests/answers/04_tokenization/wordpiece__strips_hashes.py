# exercise: wordpiece
# expect: wrong
# meant: looks up with ##, but returns the pieces without
# about: ##|hash|as they stand|in the vocabulary|removed|stripped|without
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end]
            key = piece if start == 0 else "##" + piece
            if key in vocab:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces
