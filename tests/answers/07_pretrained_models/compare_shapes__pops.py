# exercise: compare_shapes
# expect: wrong
# meant: pops the names out of given
# about: argument|unchanged|mutat|modif|\bpop|chang|empt
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    missing, mismatched = [], []
    for name in sorted(own):
        if name not in given:
            missing.append(name)
        elif given.pop(name) != own[name]:
            mismatched.append(name)
    # what is left over, nobody wanted
    return {"missing": missing, "unexpected": sorted(given), "mismatched": mismatched}
