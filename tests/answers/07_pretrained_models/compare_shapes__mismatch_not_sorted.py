# exercise: compare_shapes
# expect: wrong
# meant: only the mismatched list is not sorted
# about: sort|order|alphabet
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    mismatched = []
    for name, shape in own.items():
        if name in given and given[name] != shape:
            mismatched.append(name)
    return {
        "missing": sorted(own.keys() - given.keys()),
        "unexpected": sorted(given.keys() - own.keys()),
        "mismatched": mismatched,
    }
