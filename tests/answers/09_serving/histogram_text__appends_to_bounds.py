# exercise: histogram_text
# expect: wrong
# meant: appends infinity to the caller's list of bounds
# about: append|in.?place|unchanged|mutat|argument|modif|caller
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    bounds.append(float("inf"))
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    for bound in bounds:
        label = "+Inf" if bound == float("inf") else str(bound)
        lines.append(f'{name}_bucket{{le="{label}"}} {sum(v <= bound for v in values)}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines) + "\n"
