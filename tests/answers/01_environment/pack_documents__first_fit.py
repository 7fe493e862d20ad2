# exercise: pack_documents
# expect: wrong
# meant: puts a document into any earlier group with room, which packs better and breaks the order
# about: \border|earlier|current group|complete|first.fit
def pack_documents(lengths, budget):
    groups, totals = [], []
    for index, length in enumerate(lengths):
        for k in range(len(groups)):
            if totals[k] + length <= budget:
                groups[k].append(index)
                totals[k] += length
                break
        else:
            groups.append([index])
            totals.append(length)
    return groups
