# exercise: compare_shapes
# expect: right
# meant: sets of pairs of name and shape
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    mine = {(name, tuple(shape)) for name, shape in own.items()}
    yours = {(name, tuple(shape)) for name, shape in given.items()}
    different = {name for name, _ in mine ^ yours}
    return {
        "missing": sorted(different - given.keys()),
        "unexpected": sorted(different - own.keys()),
        "mismatched": sorted(different & own.keys() & given.keys()),
    }
