# exercise: histogram_text
# expect: wrong
# meant: the help text goes out as it is, with its backslashes and line feeds
# about: help|escap|backslash
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    lines = [f"# HELP {name} {help_text}", f"# TYPE {name} histogram"]
    for bound in bounds:
        n = len([v for v in values if v <= bound])
        lines.append(f'{name}_bucket{{le="{bound}"}} {n}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values)}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "".join(line + "\n" for line in lines)
