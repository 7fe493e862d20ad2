# exercise: train_bpe
# expect: wrong
# meant: copied from Sennrich's paper: </w> at the end of each word
# about: </w>|end.of.(the.)?word|marker|end sign|special (sign|symbol|token)|appended|added to (the|each) word|only (the|their|its) (UTF-?8 )?bytes|extra (bytes|symbol|token)
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple((w + "</w>").encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
