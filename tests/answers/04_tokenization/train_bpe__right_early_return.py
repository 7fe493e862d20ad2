# exercise: train_bpe
# expect: right
# meant: the plain loop with an early return and a comparison by hand
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {}
    for w in word_counts:
        words[tuple(w.encode("utf-8"))] = word_counts[w]
    merges = []
    for step in range(num_merges):
        counts = count_pairs(words)
        best, best_count = None, 0
        for pair in counts:
            c = counts[pair]
            if best is None or c > best_count or (c == best_count and pair < best):
                best, best_count = pair, c
        if best is None:
            return merges
        merges.append(best)
        new_words = {}
        for w in words:
            new_words[tuple(merge_pair(list(w), best, 256 + step))] = words[w]
        words = new_words
    return merges
