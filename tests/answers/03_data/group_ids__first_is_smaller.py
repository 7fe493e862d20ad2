# exercise: group_ids
# expect: wrong
# meant: believes the first number of a pair to be the smaller one and gives its group to the other
# about: smaller|first or last|either order|order (of|in|within)|larger|which (number|one)|reversed|swapped|min\b|direction
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    groups = list(range(count))
    for i, j in pairs:
        old, new = groups[j], groups[i]
        groups = [new if g == old else g for g in groups]
    return groups
