# exercise: drift_score
# expect: wrong
# meant: a number that equals a bound goes into the bin above it
# about: equal|on (a|the) bound|at (a|the) bound|bisect|right|up to and with|above it
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    def shares(sample):
        counts = [0.5] * (len(bounds) + 1)
        for value in sample:
            counts[bisect.bisect(bounds, value)] += 1
        total = sum(counts)
        return [c / total for c in counts]

    return sum((q - p) * math.log(q / p) for p, q in zip(shares(reference), shares(current)))
