# exercise: train_bpe
# expect: wrong
# meant: takes the words out of word_counts with pop, which is empty afterwards
# about: argument|unchanged|mutat|modif|\bpop|empt(y|ied|ies)|in place|copy|word_counts (itself|is|was|must|stays|has)
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {}
    while word_counts:
        w, n = word_counts.popitem()
        words[tuple(w.encode("utf-8"))] = n
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
