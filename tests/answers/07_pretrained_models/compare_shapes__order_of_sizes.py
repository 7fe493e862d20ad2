# exercise: compare_shapes
# expect: wrong
# meant: compares the sorted sizes, so that a transposed matrix passes
# about: transpos|order of|\[2, 3\]|\(2, 3\)|sorted sizes|axes|dimension
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    result = {"missing": [], "unexpected": [], "mismatched": []}
    for name in own:
        if name not in given:
            result["missing"].append(name)
        elif sorted(own[name]) != sorted(given[name]):
            result["mismatched"].append(name)
    for name in given:
        if name not in own:
            result["unexpected"].append(name)
    return {key: sorted(names) for key, names in result.items()}
