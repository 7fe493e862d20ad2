# exercise: drift_score
# expect: right
# meant: numpy: cumulative counts by searchsorted in the sorted samples, then np.diff
import numpy as np


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    def shares(sample):
        ordered = np.sort(np.asarray(sample, dtype=float))
        upto = np.searchsorted(ordered, np.asarray(bounds, dtype=float), side="right")
        counts = np.diff(np.concatenate(([0], upto, [len(ordered)]))) + 0.5
        return counts / counts.sum()

    p, q = shares(reference), shares(current)
    return float(((q - p) * (np.log(q) - np.log(p))).sum())
