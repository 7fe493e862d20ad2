# exercise: pack_documents
# expect: wrong
# meant: leaves documents out that are longer than the budget
# about: longer|too long|skip|left out|leave|missing|dropp|own
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if length > budget:
            continue
        if group and total + length > budget:
            groups.append(group)
            group = []
            total = 0
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
