# exercise: compare_shapes
# expect: wrong
# meant: compares the number of axes only
# about: number of (axes|dimensions)|len|shape|size
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": sorted(set(own) - set(given)),
        "unexpected": sorted(set(given) - set(own)),
        "mismatched": sorted(n for n in set(own) & set(given) if len(own[n]) != len(given[n])),
    }
