# exercise: histogram_text
# expect: right
# meant: sorts a copy and reads each cumulative count with bisect_right; str.translate escapes
from bisect import bisect_right


def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    ordered = sorted(values)
    escaped = help_text.translate(str.maketrans({"\\": r"\\", "\n": r"\n"}))
    lines = [
        f"# HELP {name} {escaped}",
        f"# TYPE {name} histogram",
        *(f'{name}_bucket{{le="{bound!r}"}} {bisect_right(ordered, bound)}' for bound in bounds),
        f'{name}_bucket{{le="+Inf"}} {len(ordered)}',
        f"{name}_sum {math.fsum(ordered)!r}",
        f"{name}_count {len(ordered)}",
        "",
    ]
    return "\n".join(lines)
