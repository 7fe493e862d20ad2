# exercise: pack_documents
# expect: wrong
# meant: mends the aliasing and does not see the lost last group
# about: \blast\b|after the loop|lost|final
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
    return groups
