# exercise: count_pairs
# expect: wrong
# meant: a full table with zeros for pairs that never occur
# about: zero|never occur|do(es)? not occur|only (the )?pairs|that occurs?\b|\b0\b
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    tokens = sorted({t for word in words for t in word})
    table = {(a, b): 0 for a in tokens for b in tokens}
    for word, n in words.items():
        for i in range(1, len(word)):
            table[word[i - 1], word[i]] += n
    return table
