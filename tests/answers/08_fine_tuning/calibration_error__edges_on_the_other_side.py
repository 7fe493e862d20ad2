# exercise: calibration_error
# expect: wrong
# meant: bins hold their lower edge and not their upper one
# about: edge|up to|upper|lower|bound|floor|above
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence >= b / bins) & (confidence < (b + 1) / bins) | ((confidence == 1) if b == bins - 1 else False)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += n / len(confidence) * abs(hit - sure)
    return total
