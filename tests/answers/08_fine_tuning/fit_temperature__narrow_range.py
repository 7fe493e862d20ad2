# exercise: fit_temperature
# expect: wrong
# meant: searches from 0.5 to 5 only
# about: range|0\.05|\b20\b|narrow|0\.5|beyond|outside
def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    z = logits.detach().double()

    def loss(T):
        return F.cross_entropy(z / T, labels).item()

    a, b = math.log(0.5), math.log(5)
    g = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        c, d = b - g * (b - a), a + g * (b - a)
        if loss(math.exp(c)) <= loss(math.exp(d)):
            b = d
        else:
            a = c
    return math.exp((a + b) / 2)
