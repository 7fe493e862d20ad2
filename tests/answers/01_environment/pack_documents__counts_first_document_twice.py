# exercise: pack_documents
# expect: wrong
# meant: starts the new group with total = length and adds the length once more
# about: total|twice|double|again
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group = []
            total = length
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
