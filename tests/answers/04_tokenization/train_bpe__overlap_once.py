# exercise: train_bpe
# expect: wrong
# meant: counts with re on the spelled word: overlapping places of aaa count once
# about: overlap|aaa|7, 7, 7|two places|both places|twice|count_pairs|three equal|same (byte|token|letter)
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = [("".join(f"<{b}>" for b in w.encode("utf-8")), n) for w, n in word_counts.items()]
    merges = []
    while len(merges) < num_merges:
        pairs = set()
        for w, _ in words:
            t = re.findall(r"\d+", w)
            pairs |= set(zip(map(int, t), map(int, t[1:])))
        if not pairs:
            break
        def score(p):
            return -sum(w.count(f"<{p[0]}><{p[1]}>") * n for w, n in words), p
        best = min(pairs, key=score)
        words = [(w.replace(f"<{best[0]}><{best[1]}>", f"<{256 + len(merges)}>"), n) for w, n in words]
        merges.append(best)
    return merges
