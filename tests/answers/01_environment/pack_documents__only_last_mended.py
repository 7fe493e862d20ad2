# exercise: pack_documents
# expect: wrong
# meant: appends the last group, the aliasing stays
# about: alias|same list|clear|copy|two names|new list
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group.clear()
            total = 0
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
