# exercise: count_pairs
# expect: wrong
# meant: get(pair, 1): everything is one too high
# about: one too (high|many|large|much)|start(s|ing)? (at|from|with) (0|1|zero|one)|default|from zero|too high by (1|one)|get\(
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, times in words.items():
        for left, right in zip(word, word[1:]):
            counts[left, right] = counts.get((left, right), 1) + times
    return counts
