# exercise: pack_documents
# expect: wrong
# meant: does not count the tokens of a long document, so that later ones join it
# about: longer|too long|of its own|joins?|alone
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group = []
            total = 0
        group.append(index)
        if length <= budget:
            total += length
    if group:
        groups.append(group)
    return groups
