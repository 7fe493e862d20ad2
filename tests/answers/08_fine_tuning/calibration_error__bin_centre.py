# exercise: calibration_error
# expect: wrong
# meant: compares with the middle of the bin instead of the mean confidence in it
# about: middle|centre|center|midpoint|mean confidence
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins) | ((confidence == 0) if b == 0 else False)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = (b + 0.5) / bins
        total += n / len(confidence) * abs(hit - sure)
    return total
