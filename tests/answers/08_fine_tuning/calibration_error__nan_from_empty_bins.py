# exercise: calibration_error
# expect: wrong
# meant: takes the mean over empty bins too, which gives nan
# about: empty|nan|no answer
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins) | ((confidence == 0) if b == 0 else False)
        n = int(inside.sum())
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += n / len(confidence) * abs(hit - sure)
    return total
