# exercise: drift_score
# expect: wrong
# meant: log10 instead of the natural logarithm
# about: log|natural|\bln\b|base
def _share(sample, low, high, n_bins):
    inside = len([v for v in sample if low < v <= high])
    return (inside + 0.5) / (len(sample) + 0.5 * n_bins)


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    edges = [-math.inf] + list(bounds) + [math.inf]
    n_bins = len(edges) - 1
    psi = 0.0
    for i in range(n_bins):
        p = _share(reference, edges[i], edges[i + 1], n_bins)
        q = _share(current, edges[i], edges[i + 1], n_bins)
        psi += (q - p) * math.log10(q / p)
    return psi
