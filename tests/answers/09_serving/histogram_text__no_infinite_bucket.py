# exercise: histogram_text
# expect: wrong
# meant: there is no bucket for +Inf
# about: \+?inf|last bucket
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    help_text = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    lines = []
    lines.append("# HELP " + name + " " + help_text)
    lines.append("# TYPE " + name + " histogram")
    for b in bounds:
        count = 0
        for v in values:
            if v <= b:
                count = count + 1
        lines.append(name + '_bucket{le="' + str(b) + '"} ' + str(count))
    lines.append(name + "_sum " + str(sum(values)))
    lines.append(name + "_count " + str(len(values)))
    return "\n".join(lines) + "\n"
