# exercise: histogram_text
# expect: wrong
# meant: without values it returns only the two lines of comments
# about: empty|no values?|nothing|without values
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    head = f"# HELP {name} {escaped}\n# TYPE {name} histogram\n"
    if not values:
        return head
    ordered = sorted(values)
    body = ""
    for bound in bounds:
        body += f'{name}_bucket{{le="{bound}"}} {sum(v <= bound for v in ordered)}\n'
    body += f'{name}_bucket{{le="+Inf"}} {len(ordered)}\n'
    return head + body + f"{name}_sum {sum(ordered)}\n{name}_count {len(ordered)}\n"
