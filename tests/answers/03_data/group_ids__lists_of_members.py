# exercise: group_ids
# expect: wrong
# meant: returns the groups as lists of members, not a number for each text
# about: for each text|list of (lists|members|groups)|members|one number|(group|its) number|ints\b|nested|lists? of
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    groups = [{i} for i in range(count)]
    for i, j in pairs:
        x = next(g for g in groups if i in g)
        y = next(g for g in groups if j in g)
        if x is not y:
            groups.remove(y)
            x |= y
    return [sorted(g) for g in groups]
