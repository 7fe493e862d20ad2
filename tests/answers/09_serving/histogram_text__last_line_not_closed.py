# exercise: histogram_text
# expect: wrong
# meant: "\n".join without a line feed after the last line
# about: line.?feed|newline|last line|\\n|trailing|end of the text
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    for bound in bounds:
        lines.append(f'{name}_bucket{{le="{bound}"}} {sum(v <= bound for v in values)}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values)}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines)
