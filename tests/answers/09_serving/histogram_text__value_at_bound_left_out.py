# exercise: histogram_text
# expect: wrong
# meant: bisect_right puts a value that equals a bound into the next bucket (less than, not less than or equal)
# about: equal|on the bound|at the bound|bisect|strict|not larger|<=
import bisect


def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", r"\\").replace("\n", r"\n")
    counts = [0] * (len(bounds) + 1)
    for value in values:
        counts[bisect.bisect_right(bounds, value)] += 1
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    total = 0
    for bound, count in zip([*bounds, "+Inf"], counts):
        total += count
        lines.append(f'{name}_bucket{{le="{bound}"}} {total}')
    lines += [f"{name}_sum {sum(values)}", f"{name}_count {len(values)}", ""]
    return "\n".join(lines)
