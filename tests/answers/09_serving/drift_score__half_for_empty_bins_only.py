# exercise: drift_score
# expect: wrong
# meant: half a count only where a bin is empty, the other counts as they are
# about: half|0\.5|every bin|each bin|only .*empty|non-empty
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    def shares(sample):
        counts = [0.0] * (len(bounds) + 1)
        for value in sample:
            counts[bisect.bisect_left(bounds, value)] += 1
        counts = [c if c > 0 else 0.5 for c in counts]
        return [c / sum(counts) for c in counts]

    psi = 0.0
    for p, q in zip(shares(reference), shares(current)):
        psi += (q - p) * math.log(q / p)
    return psi
