# exercise: drift_score
# expect: wrong
# meant: np.histogram with the bounds as edges: numbers below the first and above the last are dropped
# about: outside|below the first|above the last|beyond|np\.histogram|outer|dropped
import numpy as np


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    ref_counts, _ = np.histogram(reference, bins=bounds)
    cur_counts, _ = np.histogram(current, bins=bounds)
    B = len(ref_counts)
    p = (ref_counts + 0.5) / (len(reference) + 0.5 * B)
    q = (cur_counts + 0.5) / (len(current) + 0.5 * B)
    return float(np.sum((q - p) * np.log(q / p)))
