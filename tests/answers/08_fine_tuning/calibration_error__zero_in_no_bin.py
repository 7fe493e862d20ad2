# exercise: calibration_error
# expect: wrong
# meant: a confidence of exactly 0 falls out of all bins
# about: \b0\b|zero|first bin|lowest
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += n / len(confidence) * abs(hit - sure)
    return total
