# exercise: nsp_pairs
# expect: wrong
# meant: finds the other documents by comparing texts: a document with the same text is dropped as well
# about: same text|equal|identical|duplicate|alike|compar|index|position|still two|!=|twins?
def nsp_pairs(documents, draws):
    it = iter(draws)
    result = []
    for doc in documents:
        others = [o for o in documents if o != doc] or documents
        for i in range(len(doc) - 1):
            coin, u, v = next(it)
            if coin < 0.5:
                result.append((doc[i], doc[i + 1], 0))
            else:
                o = others[int(u * len(others))]
                result.append((doc[i], o[int(v * len(o))], 1))
    return result
