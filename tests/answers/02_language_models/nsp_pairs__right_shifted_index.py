# exercise: nsp_pairs
# expect: right
# meant: index arithmetic instead of a list of the others
def nsp_pairs(documents, draws):
    out = []
    total = len(documents)
    for d in range(total):
        for i in range(len(documents[d]) - 1):
            coin, u, v = draws[len(out)]
            first, second, label = documents[d][i], documents[d][i + 1], 0
            if not coin < 0.5:
                j = int(u * (total - 1))
                j += j >= d
                second, label = documents[j][int(v * len(documents[j]))], 1
            out.append([first, second, label])
    return out
