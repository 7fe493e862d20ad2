# exercise: count_pairs
# expect: wrong
# meant: takes the last token and the first one for neighbours
# about: last (token )?(and|with|to) (the )?first|wrap|circ|ring|round the end|around|negative index|\[-1\]|beginning of the word
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, n in words.items():
        for i in range(len(word)):
            key = (word[i - 1], word[i])
            counts.setdefault(key, 0)
            counts[key] += n
    return counts
