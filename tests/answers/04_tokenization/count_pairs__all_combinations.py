# exercise: count_pairs
# expect: wrong
# meant: every pair of tokens of a word, not only neighbours
# about: neighbo|adjacent|side by side|next to|combinations|far apart|consecutive|apart
from itertools import combinations

def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, n in words.items():
        for pair in combinations(word, 2):
            counts[pair] += n
    return dict(counts)
