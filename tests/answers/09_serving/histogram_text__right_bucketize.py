# exercise: histogram_text
# expect: right
# meant: torch.bucketize, bincount and cumsum in float64; numbers written with an exponent
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    data = torch.tensor(values, dtype=torch.float64)
    edges = torch.tensor(bounds, dtype=torch.float64)
    counts = torch.bincount(torch.bucketize(data, edges), minlength=len(bounds) + 1).cumsum(0).tolist()
    labels = [f"{bound:.17e}" for bound in bounds] + ["+Inf"]
    escaped = "\\n".join(line.replace("\\", "\\\\") for line in help_text.split("\n"))
    text = f"# HELP {name} {escaped}\n# TYPE {name} histogram\n"
    for label, count in zip(labels, counts, strict=True):
        text += name + '_bucket{le="' + label + '"} ' + str(count) + "\n"
    return text + f"{name}_sum {float(data.sum()):.17e}\n{name}_count {len(values)}\n"
