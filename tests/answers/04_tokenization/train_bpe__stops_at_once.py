# exercise: train_bpe
# expect: wrong
# meant: stops when the best pair occurs only once
# about: occurs? (only )?once|count (of )?(1|one)|single|stop|too early|rare|fewer than|below 2|at least (2|two)|< ?2
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        if counts[best] < 2:   # nothing repeats any more
            break
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
