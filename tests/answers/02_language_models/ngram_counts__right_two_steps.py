# exercise: ngram_counts
# expect: right
# meant: counts flat pairs in one Counter first, groups afterwards
def ngram_counts(sentences, n):
    def grams():
        for s in sentences:
            full = ["<s>"] * (n - 1) + list(s) + ["</s>"]
            yield from ((tuple(full[i : i + n - 1]), full[i + n - 1]) for i in range(len(s) + 1))

    flat = Counter(grams())
    return {c: {t: k for (c2, t), k in flat.items() if c2 == c} for c in {c for c, _ in flat}} if len(flat) < 50 else _group(flat)


def _group(flat):
    out = {}
    for (c, t), k in flat.items():
        out.setdefault(c, {})[t] = k
    return out
