# exercise: nsp_pairs
# expect: wrong
# meant: advances to the next document draw only when the coin says so: the k-th pair does not use the k-th draw
# about: k-th|each pair|every pair|own draw|same (draw|triple)|one draw|skip|advance|in step|draw of (the|its)
def nsp_pairs(documents, draws):
    pairs, strangers = [], 0
    for d, doc in enumerate(documents):
        others = documents[:d] + documents[d + 1 :]
        for a, b in pairwise(doc):
            if draws[len(pairs)][0] < 0.5:
                pairs.append((a, b, 0))
            else:
                _, u, v = draws[strangers]
                strangers += 1
                o = others[int(u * len(others))]
                pairs.append((a, o[int(v * len(o))], 1))
    return pairs
