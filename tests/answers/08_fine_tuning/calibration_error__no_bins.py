# exercise: calibration_error
# expect: wrong
# meant: the mean absolute difference of confidence and right or wrong, answer by answer, without any bins
# about: \bbins?\b|answer by answer|each answer|group|single
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    return (confidence.double() - correct.double()).abs().mean().item()
