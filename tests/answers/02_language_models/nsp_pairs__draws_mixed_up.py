# exercise: nsp_pairs
# expect: wrong
# meant: takes which_document for which_sentence and the other way round
# about: which_document|which_sentence|swap|exchang|order of the (draw|numbers|triple)|second number|third|mixed up|interchang|other way
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for a, b in pairwise(doc):
            coin, s, t = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
            else:
                o = others[int(t * len(others))]
                pairs.append((a, o[int(s * len(o))], 1))
    return pairs
