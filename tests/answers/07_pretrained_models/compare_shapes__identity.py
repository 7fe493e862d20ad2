# exercise: compare_shapes
# expect: wrong
# meant: compares with is not, so that equal lists differ
# about: identi|\bis not\b|same object|equal
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": sorted(set(own) - set(given)),
        "unexpected": sorted(set(given) - set(own)),
        "mismatched": sorted(n for n in set(own) & set(given) if own[n] is not given[n]),
    }
