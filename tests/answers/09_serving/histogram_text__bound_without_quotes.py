# exercise: histogram_text
# expect: wrong
# meant: the bound stands in the label without its double quotes
# about: quot
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    result = "# HELP %s %s\n" % (name, escaped)
    result += "# TYPE %s histogram\n" % name
    for bound in bounds:
        result += "%s_bucket{le=%s} %d\n" % (name, bound, sum(v <= bound for v in values))
    result += "%s_bucket{le=+Inf} %d\n" % (name, len(values))
    result += "%s_sum %s\n" % (name, sum(values))
    result += "%s_count %d\n" % (name, len(values))
    return result
