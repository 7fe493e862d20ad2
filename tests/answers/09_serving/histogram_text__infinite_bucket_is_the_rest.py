# exercise: histogram_text
# expect: wrong
# meant: the bucket +Inf counts only the values above the last bound
# about: \+?inf|cumulat|above the last|rest
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    inside = 0
    for bound in bounds:
        inside = sum(v <= bound for v in values)
        lines.append(f'{name}_bucket{{le="{bound}"}} {inside}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values) - inside}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines) + "\n"
