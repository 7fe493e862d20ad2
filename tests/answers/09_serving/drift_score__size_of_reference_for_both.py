# exercise: drift_score
# expect: wrong
# meant: divides the counts of both samples by the size of the reference
# about: \bsizes?\b|length|len\(|\bown\b|how many|differ in number|of the reference
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    edges = [-math.inf, *bounds, math.inf]
    B = len(bounds) + 1
    n = len(reference)
    total = 0.0
    for low, high in zip(edges, edges[1:]):
        p = (sum(low < v <= high for v in reference) + 0.5) / (n + 0.5 * B)
        q = (sum(low < v <= high for v in current) + 0.5) / (n + 0.5 * B)
        total += (q - p) * math.log(q / p)
    return total
