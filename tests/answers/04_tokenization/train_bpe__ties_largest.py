# exercise: train_bpe
# expect: wrong
# meant: max over (count, pair): of equal ones the largest pair
# about: tie|same count|equal(ly)? (count|often|frequent)|smallest|smaller|largest pair|larger (pair|first|token)|several with
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    while len(merges) < num_merges:
        counts = count_pairs(words)
        if len(counts) == 0:
            break
        _, best = max((n, pair) for pair, n in counts.items())
        words = {tuple(merge_pair(list(w), best, 256 + len(merges))): n for w, n in words.items()}
        merges.append(best)
    return merges
