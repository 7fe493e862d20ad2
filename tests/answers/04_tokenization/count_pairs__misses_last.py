# exercise: count_pairs
# expect: wrong
# meant: range(len - 2): the last pair of each word is missing
# about: last pair|last two|end of (the|a|each) word|off by one|range|one (pair )?too few|final pair|stops? (one )?(too )?early
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 2):
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
    return counts
