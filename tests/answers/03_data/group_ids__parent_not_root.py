# exercise: group_ids
# expect: wrong
# meant: returns the parents of a union-find instead of the roots
# about: root|parent|find|chain|all the way|whole group|one step|follow|final|end of|connected|indirect|compress
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    parent = list(range(count))

    def find(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i, j in pairs:
        x, y = find(i), find(j)
        if x < y:
            parent[y] = x
        else:
            parent[x] = y
    return parent
