# exercise: fit_temperature
# expect: wrong
# meant: divides the given logits in place at the end, and the caller's logits are changed
# about: in place|in-place|unchanged|argument|mutat|change[sd]?|modif|clone|copy
def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    z = logits.detach().double().clone()

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
    logits.data.div_(math.exp((a + b) / 2))
    return math.exp((a + b) / 2)
