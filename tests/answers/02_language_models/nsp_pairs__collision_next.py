# exercise: nsp_pairs
# expect: wrong
# meant: picks among all and, when it hits its own document, takes the following one
# about: other|own document|at hand|itself|without|m items|number of (the )?other|one fewer|list of|len\(others|all documents
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
                continue
            j = int(u * len(documents))
            if j == d:
                j = (j + 1) % len(documents)
            pairs.append((a, documents[j][int(v * len(documents[j]))], 1))
    return pairs
