# exercise: pack_documents
# expect: wrong
# meant: groups the lengths instead of their positions
# about: position|\bindex|indices|lengths? instead|enumerate
def pack_documents(lengths, budget):
    groups = []
    group = []
    for length in lengths:
        if group and sum(group) + length > budget:
            groups.append(group)
            group = []
        group.append(length)
    if group:
        groups.append(group)
    return groups
