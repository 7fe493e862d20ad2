# exercise: compare_shapes
# expect: wrong
# meant: leaves out the key of an empty list
# about: empty|\bkeys?\b|three lists|always|left out|absent|missing key
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    result = {}
    for name in sorted(set(own) | set(given)):
        if name not in given:
            result.setdefault("missing", []).append(name)
        elif name not in own:
            result.setdefault("unexpected", []).append(name)
        elif own[name] != given[name]:
            result.setdefault("mismatched", []).append(name)
    return result
