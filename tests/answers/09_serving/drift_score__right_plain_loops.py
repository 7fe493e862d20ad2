# exercise: drift_score
# expect: right
# meant: plain loops over numbers and bounds, and the two Kullback-Leibler sums added
def _place(value, bounds):
    place = 0
    while place < len(bounds) and value > bounds[place]:
        place += 1
    return place


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    bins = range(len(bounds) + 1)
    shares = []
    for sample in (reference, current):
        counts = {place: 0 for place in bins}
        for value in sample:
            counts[_place(value, bounds)] += 1
        shares.append([(2 * counts[place] + 1) / (2 * len(sample) + len(bins)) for place in bins])
    p, q = shares
    there = math.fsum(b * math.log(b / a) for a, b in zip(p, q))
    back = math.fsum(a * math.log(a / b) for a, b in zip(p, q))
    return max(0.0, there + back)
