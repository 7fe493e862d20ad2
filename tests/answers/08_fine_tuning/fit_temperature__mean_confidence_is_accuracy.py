# exercise: fit_temperature
# expect: wrong
# meant: bisects for the T at which the mean confidence equals the accuracy, a different condition
# about: confidence|accuracy|likelihood|cross[- ]entropy|NLL
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z = logits.detach().double()
    accuracy = (z.argmax(dim=1) == labels).double().mean().item()
    low, high = 0.05, 20.0
    for _ in range(60):
        T = (low + high) / 2
        if torch.softmax(z / T, dim=1).amax(dim=1).mean().item() > accuracy:
            low = T
        else:
            high = T
    return (low + high) / 2
