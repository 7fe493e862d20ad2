# exercise: wordpiece
# expect: wrong
# meant: forgets that words of more than 100 characters are [UNK]
# about: 100|limit|long words?|too long|length of the word|maximum
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    pieces, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" * (start > 0) + word[start:end]) not in vocab:
            end -= 1
        if end == start:
            return ["[UNK]"]
        pieces.append("##" * (start > 0) + word[start:end])
        start = end
    return pieces
