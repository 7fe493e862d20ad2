# exercise: nsp_pairs
# expect: wrong
# meant: documents.index(doc): for the second of two equal documents it finds the first
# about: same text|equal|identical|duplicate|alike|index|position|still two|first (of|one)|twins?|enumerate
def nsp_pairs(documents, draws):
    pairs = []
    for doc in documents:
        me = documents.index(doc)
        others = [x for j, x in enumerate(documents) if j != me]
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
            else:
                o = others[int(u * len(others))]
                pairs.append((a, o[int(v * len(o))], 1))
    return pairs
