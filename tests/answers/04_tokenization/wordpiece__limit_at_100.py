# exercise: wordpiece
# expect: wrong
# meant: >= 100: a word of exactly 100 characters is [UNK], too
# about: 100|99|101|limit|exactly|>=
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) >= 100:
        return ["[UNK]"]
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
