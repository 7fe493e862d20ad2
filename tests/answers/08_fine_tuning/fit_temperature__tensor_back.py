# exercise: fit_temperature
# expect: wrong
# meant: returns a tensor of one number instead of a float
# about: tensor|float|item\(|type
def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    z = logits.detach().double()

    def loss(T):
        return F.cross_entropy(z / T, labels).item()

    a, b = math.log(0.05), math.log(20)
    g = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        c, d = b - g * (b - a), a + g * (b - a)
        if loss(math.exp(c)) <= loss(math.exp(d)):
            b = d
        else:
            a = c
    return torch.tensor(math.exp((a + b) / 2))
