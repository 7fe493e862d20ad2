# exercise: histogram_text
# expect: wrong
# meant: formats bounds and the sum with :g, which keeps six digits only
# about: digit|:g|%g|format|precision|round|decimal
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    for bound in bounds:
        lines.append(f'{name}_bucket{{le="{bound:g}"}} {sum(v <= bound for v in values)}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values)}')
    lines.append(f"{name}_sum {sum(values):g}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines) + "\n"
