# exercise: fit_temperature
# expect: wrong
# meant: takes the log-probability of the predicted class, so the sharpest T always wins
# about: predicted|argmax|winner|winning|largest|right class|label|max
def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    z = logits.detach().double()

    def loss(T):
        return -torch.log_softmax(z / T, dim=1).amax(dim=1).mean().item()

    a, b = math.log(0.05), math.log(20)
    g = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        c, d = b - g * (b - a), a + g * (b - a)
        if loss(math.exp(c)) <= loss(math.exp(d)):
            b = d
        else:
            a = c
    return math.exp((a + b) / 2)
