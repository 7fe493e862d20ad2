# exercise: calibration_error
# expect: wrong
# meant: root of the weighted mean of squared gaps
# about: squar|root|absolute|abs|RMS
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins) | ((confidence == 0) if b == 0 else False)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += n / len(confidence) * (hit - sure) ** 2
    return math.sqrt(total)
