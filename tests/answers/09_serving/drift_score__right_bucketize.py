# exercise: drift_score
# expect: right
# meant: torch.bucketize and bincount in float64
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    edges = torch.tensor(bounds, dtype=torch.float64)
    bins = len(bounds) + 1
    logs = []
    for sample in (reference, current):
        places = torch.bucketize(torch.tensor(sample, dtype=torch.float64), edges)
        smoothed = torch.bincount(places, minlength=bins).double() + 0.5
        logs.append((smoothed / smoothed.sum()).log())
    before, now = logs
    return float(torch.dot(now.exp() - before.exp(), now - before))
