# exercise: group_ids
# expect: wrong
# meant: takes the smaller number of each pair only; chains do not become one group
# about: chain|transitiv|through others?|indirect|connected|whole group|several pairs|more than one pair|merge|all members
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    groups = list(range(count))
    for i, j in pairs:
        groups[max(i, j)] = min(groups[max(i, j)], min(i, j))
    return groups
