# exercise: nsp_pairs
# expect: wrong
# meant: int(u * (m - 1)): the last item is never picked
# about: last (item|sentence|document|one)|m ?[-−] ?1|never (be )?picked|off by one|u \* m|int\(|number of items|minus one|one too few
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        others = [x for j, x in enumerate(documents) if j != d]
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
            else:
                o = others[int(u * (len(others) - 1))]
                pairs.append((a, o[int(v * (len(o) - 1))], 1))
    return pairs
