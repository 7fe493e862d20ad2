# exercise: count_pairs
# expect: wrong
# meant: sorts the two tokens, so (1, 2) and (2, 1) are the same
# about: \border|sort|direction|revers|\(2, 1\)|swapp|left (one|token)? ?(before|first)|other way round
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, n in words.items():
        for a, b in zip(word, word[1:]):
            counts[tuple(sorted((a, b)))] += n
    return dict(counts)
