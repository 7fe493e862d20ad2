# exercise: count_pairs
# expect: wrong
# meant: returns a sorted list of (pair, count) and no dictionary
# about: dict|list|most_common|mapping|type
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += n
    return counts.most_common()
