# exercise: train_bpe
# expect: wrong
# meant: breaks ties by the second token before the first
# about: tie|same count|equal(ly)? (count|often|frequent)|smallest|smaller|first token|second token|several with
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p[1], p[0]))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
