# exercise: train_bpe
# expect: wrong
# meant: fails when no pair is left
# about: no (more )?pairs?|run(s)? out|\bempty\b|(is|are|be) left|left (to merge|over)|ValueError|fewer than|stop early|small text
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
