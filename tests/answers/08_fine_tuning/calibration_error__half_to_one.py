# exercise: calibration_error
# expect: wrong
# meant: ten bins from 0.5 to 1, as the winner of two classes has at least one half; lower confidences are lost
# about: 0\.5|one half|from 0|range|below|equal width|0 to 1
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = (confidence > 0.5 + 0.5 * b / bins) & (confidence <= 0.5 + 0.5 * (b + 1) / bins)
        n = int(inside.sum())
        if n == 0:
            continue
        hit = correct[inside].double().mean().item()
        sure = confidence[inside].double().mean().item()
        total += n / len(confidence) * abs(hit - sure)
    return total
