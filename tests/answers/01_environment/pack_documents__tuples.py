# exercise: pack_documents
# expect: wrong
# meant: immutable tuples, "so that nothing can be aliased"
# about: tuple|\blists?\b|\btype\b
def pack_documents(lengths, budget):
    groups = []
    group = ()
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group = ()
            total = 0
        group += (index,)
        total += length
    if group:
        groups.append(group)
    return groups
