# exercise: fit_temperature
# expect: right
# meant: tries 3001 temperatures, equally spaced in the logarithm, both ends included
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z = logits.detach().double()
    candidates = [0.05 * 400.0 ** (step / 3000) for step in range(3001)]
    return min(candidates, key=lambda T: F.cross_entropy(z / T, labels).item())
