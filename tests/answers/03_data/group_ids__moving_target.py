# exercise: group_ids
# expect: wrong
# meant: compares with groups[j] while that is being overwritten, so that later members keep the old number
# about: overwr|while|chang(es|ed|ing)|during|loop|old (number|group|value)|remember|all members|whole group|(other|rest|some|later) .*members|merge
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    groups = list(range(count))
    for i, j in pairs:
        if groups[i] > groups[j]:
            i, j = j, i
        for k in range(count):
            if groups[k] == groups[j]:
                groups[k] = groups[i]
    return groups
