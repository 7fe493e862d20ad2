# exercise: compare_shapes
# expect: wrong
# meant: missing and unexpected are exchanged
# about: exchang|swap|missing|unexpected
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": sorted(set(given) - set(own)),
        "unexpected": sorted(set(own) - set(given)),
        "mismatched": sorted(n for n in own if n in given and own[n] != given[n]),
    }
