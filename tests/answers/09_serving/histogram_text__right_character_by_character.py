# exercise: histogram_text
# expect: right
# meant: one pass that raises every bucket a value belongs to, help escaped character by character, written to a StringIO
import io


def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    counts = dict.fromkeys(bounds, 0)
    total = 0.0
    number = 0
    for value in values:
        total += value
        number += 1
        for bound in counts:
            if not value > bound:
                counts[bound] += 1
    out = io.StringIO()
    out.write("# HELP " + name + " ")
    for character in help_text:
        if character == "\\":
            out.write("\\\\")
        elif character == "\n":
            out.write("\\n")
        else:
            out.write(character)
    out.write("\n# TYPE " + name + " histogram\n")
    for bound, count in counts.items():
        out.write('%s_bucket{le="%r"} %d\n' % (name, float(bound), count))
    out.write('%s_bucket{le="+Inf"} %d\n' % (name, number))
    out.write("%s_sum %r\n" % (name, total))
    out.write("%s_count %d\n" % (name, number))
    return out.getvalue()
