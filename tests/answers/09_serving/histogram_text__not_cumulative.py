# exercise: histogram_text
# expect: wrong
# meant: each bucket counts only the values between its bound and the one before
# about: cumulat|add(ed)? up|between|each bucket|previous|running
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    help_text = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    text = f"# HELP {name} {help_text}\n# TYPE {name} histogram\n"
    low = -math.inf
    for bound in bounds:
        n = sum(1 for v in values if low < v <= bound)
        text += f'{name}_bucket{{le="{bound}"}} {n}\n'
        low = bound
    text += f'{name}_bucket{{le="+Inf"}} {sum(1 for v in values if v > low)}\n'
    text += f"{name}_sum {sum(values)}\n"
    text += f"{name}_count {len(values)}\n"
    return text
