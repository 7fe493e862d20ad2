# exercise: nsp_pairs
# expect: wrong
# meant: picks among all documents, also the one at hand
# about: other|own document|at hand|same document|without|itself|all documents|exclud
def nsp_pairs(documents, draws):
    pairs = []
    for doc in documents:
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
            else:
                o = documents[int(u * len(documents))]
                pairs.append((a, o[int(v * len(o))], 1))
    return pairs
