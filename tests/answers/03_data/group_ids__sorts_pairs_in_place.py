# exercise: group_ids
# expect: wrong
# meant: sorts the caller's pairs in place: the argument is changed
# about: argument|mutat|unchanged|in place|caller|modif|alter|chang(es|ed) (the|its|your)|copy
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    for pair in pairs:
        pair.sort()
    pairs.sort()
    groups = list(range(count))
    for i, j in pairs:
        low, high = min(groups[i], groups[j]), max(groups[i], groups[j])
        groups = [low if g == high else g for g in groups]
    return groups
