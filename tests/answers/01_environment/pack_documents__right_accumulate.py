# exercise: pack_documents
# expect: right
# meant: numbers the groups with accumulate and collects equal numbers with groupby
from itertools import accumulate, groupby


def pack_documents(lengths, budget):
    def step(state, length):
        number, total = state
        if total + length > budget:
            return number + 1, length
        return number, total + length

    if not lengths:
        return []
    states = accumulate(lengths[1:], step, initial=(0, lengths[0]))
    numbers = [number for number, _ in states]
    return [list(members) for _, members in groupby(range(len(lengths)), key=numbers.__getitem__)]
