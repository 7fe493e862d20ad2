# exercise: train_bpe
# expect: wrong
# meant: max takes the pair that was seen first, not the smallest one
# about: tie|same count|equal(ly)? (count|often|frequent)|smallest|smaller|seen first|first (one )?(that )?(was )?(seen|found|met)|several with
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = max(counts, key=counts.get)
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
