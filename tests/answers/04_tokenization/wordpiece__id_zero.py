# exercise: wordpiece
# expect: wrong
# meant: vocab.get(piece) is false for the piece with id 0
# about: id (is |of |with )?(0|zero)|\b0\b|zero|truth|falsy|false|\.get\b|in vocab
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if vocab.get(piece):
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces
