# exercise: pack_documents
# expect: wrong
# meant: the return line is mended by appending in the loop: each group is there several times
# about: inside the loop|after the loop|indent|several times|twice|duplicate|repeated|too (often|many)|each document
def pack_documents(lengths, budget):
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            group = []
            total = 0
        group.append(index)
        total += length
        groups.append(group)
    return groups
