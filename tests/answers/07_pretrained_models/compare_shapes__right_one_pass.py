# exercise: compare_shapes
# expect: right
# meant: one pass over all names in sorted order
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    report = {"missing": [], "unexpected": [], "mismatched": []}
    for name in sorted({**own, **given}):
        if name not in given:
            report["missing"].append(name)
        elif name not in own:
            report["unexpected"].append(name)
        elif list(own[name]) != list(given[name]):
            report["mismatched"].append(name)
    return report
