# exercise: nsp_pairs
# expect: wrong
# meant: the last sentence of a document is paired with the first of the next
# about: last sentence|across|border|boundar|in its document|no next|next document|has a next|end of (a|the|each) document
def nsp_pairs(documents, draws):
    flat = [(d, s) for d, doc in enumerate(documents) for s in doc]
    pairs = []
    for k, ((d, a), (_, b)) in enumerate(pairwise(flat)):
        coin, u, v = draws[k] if k < len(draws) else (0.0, 0.0, 0.0)
        if coin < 0.5:
            pairs.append((a, b, 0))
        else:
            others = [x for i, x in enumerate(documents) if i != d]
            o = others[int(u * len(others))]
            pairs.append((a, o[int(v * len(o))], 1))
    return pairs
