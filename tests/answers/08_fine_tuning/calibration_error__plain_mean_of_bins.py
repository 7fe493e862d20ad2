# exercise: calibration_error
# expect: wrong
# meant: the plain mean of the gaps over the bins, not weighted by how many answers a bin holds
# about: weight|how many|plain mean|number of answers|share of (the )?answers
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins) | ((confidence == 0) if b == 0 else False)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += abs(hit - sure) / bins
    return total
