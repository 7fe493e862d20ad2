# exercise: compare_shapes
# expect: wrong
# meant: an empty shape [] is false, so a single number counts as missing
# about: scalar|empty|\[\]|single number|fals[ey]|truth|no axes|without axes
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    missing, unexpected, mismatched = [], [], []
    for name in sorted({*own, *given}):
        a, b = own.get(name), given.get(name)
        if not b:
            missing.append(name)
        elif not a:
            unexpected.append(name)
        elif a != b:
            mismatched.append(name)
    return {"missing": missing, "unexpected": unexpected, "mismatched": mismatched}
