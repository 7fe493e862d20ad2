# exercise: count_pairs
# expect: wrong
# meant: skips the token that was used: (7, 7, 7) counts once
# about: overlap|7, 7, 7|skip|two places|both places|twice
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, n in words.items():
        i = 0
        while i < len(word) - 1:
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
            if i + 2 < len(word) and word[i] == word[i + 1] == word[i + 2]:
                i += 2
            else:
                i += 1
    return counts
