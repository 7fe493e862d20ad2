# exercise: compare_shapes
# expect: wrong
# meant: lists in the order of the dictionaries
# about: sort|order|alphabet
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    return {
        "missing": [n for n in own if n not in given],
        "unexpected": [n for n in given if n not in own],
        "mismatched": [n for n in own if n in given and own[n] != given[n]],
    }
