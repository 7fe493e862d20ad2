# exercise: drift_score
# expect: wrong
# meant: adds half a count above the line and leaves n below it, so the shares add up to more than 1
# about: denominator|divisor|divid|n \+|0\.5 ?[·*] ?B|add up to|sum to|normali
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    edges = torch.tensor(bounds, dtype=torch.float64)

    def share(sample):
        places = torch.bucketize(torch.tensor(sample, dtype=torch.float64), edges)
        counts = torch.bincount(places, minlength=len(bounds) + 1)
        return (counts + 0.5) / len(sample)

    p, q = share(reference), share(current)
    return float(((q - p) * torch.log(q / p)).sum())
