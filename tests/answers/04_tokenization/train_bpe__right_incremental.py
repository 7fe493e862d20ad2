# exercise: train_bpe
# expect: right
# meant: keeps the counts up to date and touches only words that hold the pair
from collections import defaultdict

def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    seqs = [list(w.encode("utf-8")) for w in word_counts]
    times = list(word_counts.values())
    counts = defaultdict(int)
    where = defaultdict(set)
    for k, s in enumerate(seqs):
        for p in zip(s, s[1:]):
            counts[p] += times[k]
            where[p].add(k)
    merges = []
    while len(merges) < num_merges and counts:
        top = max(counts.values())
        best = min(p for p, c in counts.items() if c == top)
        new = 256 + len(merges)
        merges.append(best)
        for k in list(where[best]):
            old = seqs[k]
            for p in zip(old, old[1:]):
                counts[p] -= times[k]
                if counts[p] == 0:
                    del counts[p]
                where[p].discard(k)
            s, i = [], 0
            while i < len(old):
                if i + 1 < len(old) and old[i] == best[0] and old[i + 1] == best[1]:
                    s.append(new)
                    i += 2
                else:
                    s.append(old[i])
                    i += 1
            seqs[k] = s
            for p in zip(s, s[1:]):
                counts[p] += times[k]
                where[p].add(k)
    return merges
