# exercise: histogram_text
# expect: wrong
# meant: escapes double quotes in the help text as well, which is the rule for values of labels
# about: quot
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    def escape(text):
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')

    lines = [f"# HELP {name} {escape(help_text)}", f"# TYPE {name} histogram"]
    for bound in bounds:
        lines.append(f'{name}_bucket{{le="{escape(str(bound))}"}} {sum(v <= bound for v in values)}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values)}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines) + "\n"
