# exercise: compare_shapes
# expect: wrong
# meant: returns sets, not lists
# about: \bsets?\b|\blists?\b|type
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    a, b = set(own), set(given)
    return {"missing": a - b, "unexpected": b - a, "mismatched": {n for n in a & b if own[n] != given[n]}}
