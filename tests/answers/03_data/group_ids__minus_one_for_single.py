# exercise: group_ids
# expect: wrong
# meant: a text in no pair gets -1, as noise does in scikit-learn
# about: -1|alone|no pair|own (group|number)|single|itself|isolated|without a pair
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    groups = list(range(count))
    for i, j in pairs:
        low, high = sorted((groups[i], groups[j]))
        groups = [low if g == high else g for g in groups]
    paired = {k for pair in pairs for k in pair}
    return [g if i in paired else -1 for i, g in enumerate(groups)]
