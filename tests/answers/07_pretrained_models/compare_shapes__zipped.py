# exercise: compare_shapes
# expect: wrong
# meant: compares shapes by position in the dictionaries instead of by name
# about: by name|position|order|zip|pair
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    missing = sorted(n for n in own if n not in given)
    unexpected = sorted(n for n in given if n not in own)
    mismatched = sorted(a for (a, x), (b, y) in zip(own.items(), given.items()) if x != y and a in given)
    return {"missing": missing, "unexpected": unexpected, "mismatched": mismatched}
