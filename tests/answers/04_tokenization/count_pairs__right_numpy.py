# exercise: count_pairs
# expect: right
# meant: numpy unique over all neighbouring rows with weights
import numpy as np

def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    left, right, weight = [], [], []
    for word, n in words.items():
        left += word[:-1]
        right += word[1:]
        weight += [n] * (len(word) - 1)
    if not left:
        return {}
    rows, inverse = np.unique(np.array([left, right]), axis=1, return_inverse=True)
    totals = np.zeros(rows.shape[1], dtype=np.int64)
    np.add.at(totals, inverse.reshape(-1), weight)
    return {(int(a), int(b)): int(c) for a, b, c in zip(rows[0], rows[1], totals)}
