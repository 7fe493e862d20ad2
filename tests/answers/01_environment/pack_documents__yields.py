# exercise: pack_documents
# expect: wrong
# meant: a generator with yield, no list
# about: yield|generator|\blist\b|\btype\b
def pack_documents(lengths, budget):
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            yield group
            group = []
            total = 0
        group.append(index)
        total += length
    if group:
        yield group
