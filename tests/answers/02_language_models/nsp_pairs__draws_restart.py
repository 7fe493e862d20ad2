# exercise: nsp_pairs
# expect: wrong
# meant: starts with draw 0 again in every document
# about: k-th|draw.*(again|restart|each document|every document|first|reus)|restart|start(s|ed|ing)? (over|again|anew)|count(er|ing)?.*(over|through|across|document)|same draw|running
def nsp_pairs(documents, draws):
    pairs = []
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for i in range(len(doc) - 1):
            coin, u, v = draws[i]
            if coin < 0.5:
                pairs.append((doc[i], doc[i + 1], 0))
            else:
                o = others[int(u * len(others))]
                pairs.append((doc[i], o[int(v * len(o))], 1))
    return pairs
