# exercise: count_pairs
# expect: right
# meant: one flat Counter over repeated words
from itertools import chain, pairwise, repeat

def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    return dict(Counter(chain.from_iterable(pairwise(w) for w, n in words.items() for w in repeat(w, n))))
