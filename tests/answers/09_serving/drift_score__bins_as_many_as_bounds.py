# exercise: drift_score
# expect: wrong
# meant: the denominator has 0.5 times the number of bounds, one bin too few
# about: (number|count) of bins|len\(bounds\)|one more|one bin|\+ ?1\b|bins?, not bounds
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    B = len(bounds)

    def shares(sample):
        counts = [0] * (B + 1)
        for value in sample:
            counts[bisect.bisect_left(bounds, value)] += 1
        return [(c + 0.5) / (len(sample) + 0.5 * B) for c in counts]

    return sum((q - p) * math.log(q / p) for p, q in zip(shares(reference), shares(current)))
