# exercise: nsp_pairs
# expect: wrong
# meant: coin > 0.5 for strangers: exactly 0.5 gets label 0
# about: 0\.5|exactly|less than|<=|border|bound|equal|edge|strict
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        others = [x for j, x in enumerate(documents) if j != d]
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin > 0.5:
                o = others[int(u * len(others))]
                pairs.append((a, o[int(v * len(o))], 1))
            else:
                pairs.append((a, b, 0))
    return pairs
