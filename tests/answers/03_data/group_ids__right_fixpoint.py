# exercise: group_ids
# expect: right
# meant: spreads the smaller number over the pairs until nothing changes
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    ids = list(range(count))
    restless = True
    while restless:
        restless = False
        for i, j in pairs:
            if ids[i] != ids[j]:
                ids[i] = ids[j] = min(ids[i], ids[j])
                restless = True
    return ids
