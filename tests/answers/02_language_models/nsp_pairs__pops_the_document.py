# exercise: nsp_pairs
# expect: wrong
# meant: takes the document out of the list and puts it back at the end: the caller's list is reordered
# about: unchanged|chang|mutat|modif|in place|pop|remov|reorder|argument|copy|order of the documents
def nsp_pairs(documents, draws):
    pairs = []
    for _ in range(len(documents)):
        doc = documents.pop(0)
        for a, b in pairwise(doc):
            coin, u, v = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((a, b, 0))
            else:
                o = documents[int(u * len(documents))]
                pairs.append((a, o[int(v * len(o))], 1))
        documents.append(doc)
    return pairs
