# exercise: calibration_error
# expect: wrong
# meant: the largest gap of all bins (maximum calibration error) instead of the weighted mean
# about: max|largest|worst
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    place = (confidence * bins).ceil().long().sub(1).clamp(min=0)
    gaps = [(correct[place == b].double().mean() - confidence[place == b].double().mean()).abs().item() for b in place.unique().tolist()]
    return max(gaps)
