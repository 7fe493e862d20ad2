# exercise: train_bpe
# expect: wrong
# meant: <= makes one merge too many, also for num_merges = 0
# about: one (merge )?too many|too many|num_merges|more merges|<=|off by one|\bextra\b|how many merges|number of merges
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    while len(merges) <= num_merges:
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge_pair(list(w), best, 256 + len(merges))): n for w, n in words.items()}
        merges.append(best)
    return merges
