# exercise: histogram_text
# expect: wrong
# meant: escapes the line feeds first and then doubles the backslashes that this made
# about: order|first|twice|doubl|backslash
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    safe = help_text.replace("\n", "\\n").replace("\\", "\\\\")
    out = [f"# HELP {name} {safe}\n", f"# TYPE {name} histogram\n"]
    for bound in bounds:
        out.append(f'{name}_bucket{{le="{bound!r}"}} {sum(1 for v in values if v <= bound)}\n')
    out.append(f'{name}_bucket{{le="+Inf"}} {len(values)}\n')
    out.append(f"{name}_sum {math.fsum(values)!r}\n{name}_count {len(values)}\n")
    return "".join(out)
