# exercise: pack_documents
# expect: wrong
# meant: hands the faulty code in as it stands
# about: alias|same list|clear|copy|two names|new list|\blast\b|after the loop|lost
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
    return groups
