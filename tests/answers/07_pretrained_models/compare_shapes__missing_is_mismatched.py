# exercise: compare_shapes
# expect: wrong
# meant: a missing name counts as mismatched, too (get gives None)
# about: both|missing|mismatched|in own only
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": sorted(n for n in own if n not in given),
        "unexpected": sorted(n for n in given if n not in own),
        "mismatched": sorted(n for n in own if own[n] != given.get(n)),
    }
