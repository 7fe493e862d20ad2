# exercise: train_bpe
# expect: wrong
# meant: chooses by WordPiece's score, not by the count
# about: score|wordpiece|highest count|most (often|frequent)|divid|count (alone|itself)|product|gain
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        single = Counter()
        for w, n in words.items():
            for t in w:
                single[t] += n
        best = min(counts, key=lambda p: (-counts[p] / (single[p[0]] * single[p[1]]), p))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
