# exercise: group_ids
# expect: wrong
# meant: returns only texts that stand in a pair: those alone are left out
# about: alone|no pair|single|own|every text|each text|isolated|left out|missing|length|as many|without a pair|all texts|count
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    group = {}
    for i, j in pairs:
        group.setdefault(i, i)
        group.setdefault(j, j)
        low, high = sorted((group[i], group[j]))
        for text in group:
            if group[text] == high:
                group[text] = low
    return [group[text] for text in sorted(group)]
