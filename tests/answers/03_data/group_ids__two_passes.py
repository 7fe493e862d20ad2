# exercise: group_ids
# expect: wrong
# meant: goes over the pairs twice: enough for short chains, not for long ones
# about: long(er)? chain|chain|twice|two (passes|rounds)|more (passes|rounds)|until|nothing changes|order of (the )?pairs|as often
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    ids = list(range(count))
    for _ in range(2):
        for i, j in pairs:
            ids[i] = ids[j] = min(ids[i], ids[j])
    return ids
