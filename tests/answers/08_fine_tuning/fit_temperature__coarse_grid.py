# exercise: fit_temperature
# expect: wrong
# meant: tries 0.05 to 20 in a hundred equal steps, far coarser than 1 % for small T
# about: grid|coarse|step|1 ?%|fine|spac|precis|accura|resolution
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    best, best_loss = 1.0, float("inf")
    for T in torch.linspace(0.05, 20, 100).tolist():
        loss = F.cross_entropy(logits.detach() / T, labels).item()
        if loss < best_loss:
            best, best_loss = T, loss
    return best
