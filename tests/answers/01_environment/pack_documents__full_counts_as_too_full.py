# exercise: pack_documents
# expect: wrong
# meant: "mends" > into >=: a document that fits exactly begins a new group
# about: exact|at most|equal|>=|still fits|full
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length >= budget:
            groups.append(group)
            group = []
            total = 0
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
