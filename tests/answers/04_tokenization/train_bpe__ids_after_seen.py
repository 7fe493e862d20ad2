# exercise: train_bpe
# expect: wrong
# meant: numbers new tokens after the bytes that occur: the next free number, not 256
# about: 256|number(ed|ing)?|\bids?\b|first merge|largest byte|highest byte|free
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    new = max((b for w in words for b in w), default=0) + 1
    merges = []
    for _ in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, new)): n for w, n in words.items()}
        new += 1
    return merges
