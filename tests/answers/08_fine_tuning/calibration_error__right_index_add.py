# exercise: calibration_error
# expect: right
# meant: ceil gives the bin; sums of the differences by index_add, since n_b * gap is the sum of differences
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    sure, hit = confidence.double(), correct.double()
    place = (sure * bins).ceil().long().sub(1).clamp(0, bins - 1)
    return float(torch.zeros(bins, dtype=torch.float64).index_add(0, place, hit - sure).abs().sum() / len(sure))
