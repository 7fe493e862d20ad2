# exercise: wordpiece
# expect: wrong
# meant: looks up the rest without ## in front
# about: ##|hash|continu|inside (a|the) word|prefix|mark
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces = []
    while word:
        end = len(word)
        while end > 0 and word[:end] not in vocab:
            end -= 1
        if end == 0:
            return ["[UNK]"]
        pieces.append(word[:end])
        word = word[end:]
    return pieces
