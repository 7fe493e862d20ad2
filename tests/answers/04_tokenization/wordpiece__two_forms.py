# exercise: wordpiece
# expect: wrong
# meant: also takes a piece without ## inside the word when there is none with it
# about: ##|hash|continu|inside (a|the) word|prefix|begins? a word|without
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces = []
    i = 0
    while i < len(word):
        found = None
        for j in range(len(word), i, -1):
            for candidate in (["##" + word[i:j], word[i:j]] if i else [word[i:j]]):
                if candidate in vocab:
                    found = candidate
                    break
            if found:
                break
        if not found:
            return ["[UNK]"]
        pieces.append(found)
        i = j
    return pieces
