# exercise: group_ids
# expect: wrong
# meant: union-find whose root is any member, not the smallest
# about: smallest|root|representative|lowest|minimum|least|arbitrary|any member|number of (its|the) group
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    parent = list(range(count))

    def find(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in pairs:
        parent[find(i)] = find(j)
    return [find(i) for i in range(count)]
