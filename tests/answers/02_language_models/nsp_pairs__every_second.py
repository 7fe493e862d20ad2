# exercise: nsp_pairs
# expect: wrong
# meant: cuts a document into separate couples, (1, 2), (3, 4), instead of each sentence with its next
# about: each sentence|every sentence|overlap|second sentence|every (other|second)|skip|also (begins|starts)|step|too few|number of pairs
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for i in range(0, len(doc) - 1, 2):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((doc[i], doc[i + 1], 0))
            else:
                o = others[int(u * len(others))]
                pairs.append((doc[i], o[int(v * len(o))], 1))
    return pairs
