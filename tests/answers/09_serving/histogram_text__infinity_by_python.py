# exercise: histogram_text
# expect: wrong
# meant: writes math.inf as Python does, le="inf" instead of le="+Inf"
# about: \binf\b|\+inf|infinity
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    text = f"# HELP {name} {escaped}\n# TYPE {name} histogram\n"
    for bound in bounds + [math.inf]:
        text += f'{name}_bucket{{le="{bound}"}} {sum(v <= bound for v in values)}\n'
    return text + f"{name}_sum {sum(values)}\n{name}_count {len(values)}\n"
