# exercise: pack_documents
# expect: wrong
# meant: appends the last group without asking whether there is one: [[]] for no documents
# about: empty|no documents|\[\[?\]|if group
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
        total += length
    groups.append(group)
    return groups
