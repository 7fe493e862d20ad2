# exercise: pack_documents
# expect: wrong
# meant: finds the position with lengths.index, wrong where a length occurs twice
# about: \.index|same length|equal length|twice|duplicate|enumerate|position|repeated
def pack_documents(lengths, budget):
    groups = []
    for length in lengths:
        position = lengths.index(length)
        if groups and sum(lengths[i] for i in groups[-1]) + length <= budget:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups
