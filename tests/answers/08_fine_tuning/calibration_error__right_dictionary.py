# exercise: calibration_error
# expect: right
# meant: plain Python: a dictionary of bins with lists of pairs
from collections import defaultdict


def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    groups = defaultdict(list)
    for sure, hit in zip(confidence.tolist(), correct.tolist()):
        groups[max(1, math.ceil(sure * bins))].append((sure, float(hit)))
    n, total = len(confidence), 0.0
    for pairs in groups.values():
        accuracy = sum(hit for _, hit in pairs) / len(pairs)
        mean = sum(sure for sure, _ in pairs) / len(pairs)
        total += abs(accuracy - mean) * len(pairs) / n
    return total
