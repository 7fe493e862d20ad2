# exercise: drift_score
# expect: wrong
# meant: the Kullback-Leibler divergence, sum of q ln(q / p), from memory
# about: kullback|\bKL\b|q - p|difference|divergence|factor
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    B = len(bounds) + 1

    def shares(sample):
        counts = [0] * B
        for value in sample:
            counts[bisect.bisect_left(bounds, value)] += 1
        return [(c + 0.5) / (len(sample) + 0.5 * B) for c in counts]

    return sum(q * math.log(q / p) for p, q in zip(shares(reference), shares(current)))
