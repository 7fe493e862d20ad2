# exercise: compare_shapes
# expect: right
# meant: filter and lambda
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    missing = list(filter(lambda n: n not in given, own))
    unexpected = list(filter(lambda n: n not in own, given))
    mismatched = list(filter(lambda n: n in own and not own[n] == given[n], given))
    for names in (missing, unexpected, mismatched):
        names.sort()
    return dict(zip(("missing", "unexpected", "mismatched"), (missing, unexpected, mismatched)))
