# exercise: train_bpe
# expect: right
# meant: helper functions, sort by two keys one after the other, tuple returned
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = [(list(w.encode()), n) for w, n in word_counts.items()]

    def steps():
        nonlocal words
        for token in range(256, 256 + num_merges):
            ranking = count_pairs({})  # empty start
            ranking = Counter(ranking)
            for w, n in words:
                for p in zip(w, w[1:]):
                    ranking[p] += n
            pairs = sorted(ranking)
            pairs.sort(key=ranking.__getitem__, reverse=True)  # stable: the smaller one stays in front
            if not pairs:
                return
            yield pairs[0]
            words = [(merge_pair(w, pairs[0], token), n) for w, n in words]

    return tuple(steps())
