# exercise: group_ids
# expect: wrong
# meant: sets the two texts of the pair to the smaller group, but not the other members of their groups
# about: whole groups?|(all|other|every|rest of the) members?|everyone|all (texts|others|of the|that)|chain|merge|order of (the )?pairs|two groups|members|left behind|already in
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    ids = [i for i in range(count)]
    for i, j in pairs:
        low = min(ids[i], ids[j])
        ids[i] = low
        ids[j] = low
    return ids
