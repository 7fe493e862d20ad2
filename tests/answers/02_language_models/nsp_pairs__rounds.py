# exercise: nsp_pairs
# expect: wrong
# meant: round instead of int, then cut to the last index
# about: round|int\(|floor|truncat|down|cut off
def nsp_pairs(documents, draws):
    pairs = []

    def pick(items, u):
        return items[min(round(u * len(items)), len(items) - 1)]

    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            pairs.append((a, b, 0) if coin < 0.5 else (a, pick(pick(others, u), v), 1))
    return pairs
