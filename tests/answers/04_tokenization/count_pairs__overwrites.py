# exercise: count_pairs
# expect: wrong
# meant: assigns instead of adding: the last word wins
# about: overwr|add|sum|accumulat|\+=|assign|last word|replac|other words|several words
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, times in words.items():
        for i in range(len(word) - 1):
            counts[(word[i], word[i + 1])] = times
    return counts
