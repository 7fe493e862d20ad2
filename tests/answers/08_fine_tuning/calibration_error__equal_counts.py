# exercise: calibration_error
# expect: wrong
# meant: bins of equally many answers instead of equal width
# about: equal(ly)? (many|count|number|size|large)|width|quantile|sorted|chunk
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    order = confidence.argsort()
    total = 0.0
    for part in order.chunk(bins):
        gap = correct[part].double().mean() - confidence[part].double().mean()
        total += len(part) / len(confidence) * gap.abs().item()
    return total
