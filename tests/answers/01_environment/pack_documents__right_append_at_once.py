# exercise: pack_documents
# expect: right
# meant: the new group is put into groups at once and grows there
def pack_documents(lengths, budget):
    groups = []
    room = None
    for index, length in enumerate(lengths):
        if room is None or length > room:
            groups.append([])
            room = budget
        groups[-1].append(index)
        room -= length
    return groups
