# exercise: pack_documents
# expect: wrong
# meant: replaces clear() by a new list and deletes the line total = 0 with it
# about: total|reset|\b0\b|zero
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group = []
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
