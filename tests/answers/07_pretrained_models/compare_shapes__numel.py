# exercise: compare_shapes
# expect: wrong
# meant: compares the number of elements instead of the shapes
# about: number of (elements|numbers|entries)|product|transpos|size|shape
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": sorted(set(own) - set(given)),
        "unexpected": sorted(set(given) - set(own)),
        "mismatched": sorted(n for n in set(own) & set(given) if math.prod(own[n]) != math.prod(given[n])),
    }
