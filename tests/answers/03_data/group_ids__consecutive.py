# exercise: group_ids
# expect: wrong
# meant: numbers the groups 0, 1, 2 … in order of appearance, not by their smallest text
# about: smallest (number|text|member)|consecutive|0, ?1, ?2|numbered|counter|running number|number of (the|its) group|name of|lowest|gap
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    parent = list(range(count))

    def find(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i, j in pairs:
        parent[find(i)] = find(j)
    numbers = {}
    return [numbers.setdefault(find(i), len(numbers)) for i in range(count)]
