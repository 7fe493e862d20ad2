# exercise: fit_temperature
# expect: wrong
# meant: chooses the T with the smallest calibration error, not the smallest negative log-likelihood
# about: ECE|calibration error|likelihood|cross[- ]entropy|NLL
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    best, best_gap = 1.0, float("inf")
    for step in range(601):
        T = 0.05 * 400 ** (step / 600)
        confidence, answers = torch.softmax(logits.detach() / T, dim=1).max(dim=1)
        gap = calibration_error(confidence, (answers == labels).float())
        if gap < best_gap:
            best, best_gap = T, gap
    return best
