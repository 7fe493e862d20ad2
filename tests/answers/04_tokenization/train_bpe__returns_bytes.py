# exercise: train_bpe
# expect: wrong
# meant: returns what the tokens spell (bytes), not their numbers
# about: \bbytes\b|spell|numbers?|integers?|\bint\b|\bids?\b|type|readable
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    vocab = [bytes([b]) for b in range(256)]
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append((vocab[best[0]], vocab[best[1]]))
        vocab.append(vocab[best[0]] + vocab[best[1]])
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
