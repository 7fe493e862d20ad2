# exercise: pack_documents
# expect: wrong
# meant: throws out "group and" as superfluous: an empty group comes before a first document that is too long
# about: empty|longer than|too long|if group|`group and`
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if total + length > budget:
            groups.append(group)
            group = []
            total = 0
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
