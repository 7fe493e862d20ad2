# exercise: count_pairs
# expect: wrong
# meant: cuts the word into blocks of two
# about: step|every second|every other|blocks|each position|every (position|place|neighbour)|skip|chunk|disjoint|pairs? (that )?begin
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, n in words.items():
        counts.update({})
        for i in range(0, len(word) - 1, 2):
            counts[word[i], word[i + 1]] += n
    return counts
