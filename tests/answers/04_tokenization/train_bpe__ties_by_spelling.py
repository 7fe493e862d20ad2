# exercise: train_bpe
# expect: wrong
# meant: breaks ties by the bytes that the tokens spell, not by their numbers
# about: tie|same count|equal(ly)? (count|often|frequent)|smallest|smaller|spell|alphabet|numbers? of the tokens?|token numbers?|several with
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    spelling = {i: bytes([i]) for i in range(256)}
    merges = []
    for i in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], spelling[p[0]], spelling[p[1]]))
        spelling[256 + i] = spelling[best[0]] + spelling[best[1]]
        merges.append(best)
        words = {tuple(merge_pair(list(w), best, 256 + i)): n for w, n in words.items()}
    return merges
