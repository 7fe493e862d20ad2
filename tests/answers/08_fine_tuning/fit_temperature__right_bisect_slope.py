# exercise: fit_temperature
# expect: right
# meant: bisects the sign of the derivative in 1/T, where the loss has one valley
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z = logits.detach().to(torch.float64)
    mine = z.gather(1, labels.long().unsqueeze(1)).mean()
    low, high = 1 / 20, 1 / 0.05
    for _ in range(80):
        middle = (low + high) / 2
        slope = (torch.softmax(middle * z, dim=1) * z).sum(dim=1).mean() - mine
        if slope < 0:
            low = middle
        else:
            high = middle
    return 2 / (low + high)
