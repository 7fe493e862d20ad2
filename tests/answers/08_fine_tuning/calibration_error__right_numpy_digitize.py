# exercise: calibration_error
# expect: right
# meant: np.digitize with right=True on the inner edges and bincount with weights
import numpy as np


def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    sure = confidence.detach().cpu().numpy().astype(np.float64)
    hit = correct.detach().cpu().numpy().astype(np.float64)
    place = np.digitize(sure, [b / bins for b in range(1, bins)], right=True)
    hits = np.bincount(place, weights=hit, minlength=bins)
    sures = np.bincount(place, weights=sure, minlength=bins)
    return float(np.abs(hits - sures).sum() / len(sure))
