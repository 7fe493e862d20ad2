# exercise: wordpiece
# expect: wrong
# meant: takes the longest ending first and works to the front
# about: from the (end|back|right|left|front|beginning)|ending|suffix|right to left|left to right|longest beginning|backwards|begin(s|ning)? at|direction
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, end = [], len(word)
    while end > 0:
        for start in range(end):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                pieces.insert(0, piece)
                end = start
                break
        else:
            return ["[UNK]"]
    return pieces
