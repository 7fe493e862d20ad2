# exercise: train_bpe
# expect: wrong
# meant: begins with code points, not with UTF-8 bytes
# about: UTF-?8|bytes?\b|code points?|\bord\b|characters|ascii
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(ord(c) for c in w): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = sorted(counts.items(), key=lambda x: (-x[1], x[0]))[0][0]
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
