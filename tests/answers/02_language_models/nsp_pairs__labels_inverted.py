# exercise: nsp_pairs
# expect: wrong
# meant: label 1 for true neighbours
# about: label|0 (for|is|means|stands)|invert|swap|opposite|IsNext|convention|other way
def nsp_pairs(documents, draws):
    pairs, k = [], 0
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for a, b in zip(doc, doc[1:]):
            coin, u, v = draws[k]
            k += 1
            if coin < 0.5:
                pairs.append((a, b, 1))
            else:
                o = others[int(u * len(others))]
                pairs.append((a, o[int(v * len(o))], 0))
    return pairs
