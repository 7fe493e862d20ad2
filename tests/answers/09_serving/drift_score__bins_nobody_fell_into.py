# exercise: drift_score
# expect: wrong
# meant: sums only over bins that occur in a sample; a bin empty in both counts too when the sizes differ
# about: empty|both samples|no numbers?|nobody|every bin|all bins
import bisect
from collections import Counter


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    B = len(bounds) + 1
    a = Counter(bisect.bisect_left(bounds, v) for v in reference)
    b = Counter(bisect.bisect_left(bounds, v) for v in current)
    result = 0.0
    for place in a.keys() | b.keys():
        p = (a[place] + 0.5) / (len(reference) + 0.5 * B)
        q = (b[place] + 0.5) / (len(current) + 0.5 * B)
        result += (q - p) * math.log(q / p)
    return result
