# exercise: pack_documents
# expect: right
# meant: finds for each start where its group ends
def pack_documents(lengths, budget):
    lengths = list(lengths)
    groups, start = [], 0
    while start < len(lengths):
        end, total = start + 1, lengths[start]
        while end < len(lengths) and total + lengths[end] <= budget:
            total += lengths[end]
            end += 1
        groups.append([*range(start, end)])
        start = end
    return groups
