# exercise: nsp_pairs
# expect: wrong
# meant: numbers the draws by sentence, so the last sentence of a document uses one up
# about: last sentence|k-th|per (sentence|pair)|uses? up|skip|makes no pair|no pair|count.*pair|each sentence|every sentence
def nsp_pairs(documents, draws):
    pairs, k = [], -1
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for i, sentence in enumerate(doc):
            k += 1
            if i + 1 == len(doc):
                continue
            coin, u, v = draws[k % len(draws)]
            if coin < 0.5:
                pairs.append((sentence, doc[i + 1], 0))
            else:
                o = others[int(u * len(others))]
                pairs.append((sentence, o[int(v * len(o))], 1))
    return pairs
