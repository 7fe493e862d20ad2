# exercise: count_pairs
# expect: wrong
# meant: counts each word once, not as often as it occurs
# about: how (often|many times)|as often|weigh|multipl|number (beside|of occurrences|of times)|frequency|add(s|ed|ing)? 1|instead of 1|counted once|counts? (each word )?once
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word in words:
        for pair in zip(word, word[1:]):
            counts[pair] += 1
    return dict(counts)
