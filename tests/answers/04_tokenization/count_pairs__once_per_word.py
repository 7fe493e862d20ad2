# exercise: count_pairs
# expect: wrong
# meant: takes the set of pairs of a word: a pair that occurs twice in it counts once
# about: twice|two places|both places|each place|every place|\bset\b|repeat|more than once|several (times|places)|once (per|a|for each) word
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, n in words.items():
        for pair in set(zip(word[:-1], word[1:])):
            counts[pair] += n
    return counts
