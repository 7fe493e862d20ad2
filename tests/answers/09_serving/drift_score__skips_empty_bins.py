# exercise: drift_score
# expect: wrong
# meant: no half count: shares are c / n, and bins that are empty in one of the samples are left out
# about: half|0\.5|empty|left out|skip
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    bins = len(bounds) + 1
    p = [0] * bins
    q = [0] * bins
    for value in reference:
        p[bisect.bisect_left(bounds, value)] += 1 / len(reference)
    for value in current:
        q[bisect.bisect_left(bounds, value)] += 1 / len(current)
    return sum((b - a) * math.log(b / a) for a, b in zip(p, q) if a > 0 and b > 0)
