# exercise: train_bpe
# expect: wrong
# meant: every word counts once
# about: how (often|many times)|as often|weigh|multipl|frequency|word_counts|counts? of the words|each word (counts )?once|counted once|number of times
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = [list(w.encode("utf-8")) for w in word_counts]
    merges = []
    for i in range(num_merges):
        counts = Counter()
        for w in words:
            counts.update(zip(w, w[1:]))
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        words = [merge_pair(w, best, 256 + i) for w in words]
    return merges
