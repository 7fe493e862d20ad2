# exercise: train_bpe
# expect: wrong
# meant: numbers the new tokens from 257, since it appends first
# about: 256|257|number(ed|ing)?|one too (high|large)|first merge|off by one|\bid\b|\bids\b
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    while len(merges) < num_merges:
        counts = count_pairs(words)
        if not counts:
            return merges
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        new = 256 + len(merges)
        words = {tuple(merge_pair(list(w), best, new)): n for w, n in words.items()}
    return merges
