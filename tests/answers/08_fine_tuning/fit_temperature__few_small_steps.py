# exercise: fit_temperature
# expect: wrong
# meant: a hundred steps of SGD with rate 0.01 from T = 1: it has not arrived
# about: converge|steps|arriv|learning rate|far enough|SGD|iterat|early
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    T = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([T], lr=0.01)
    z = logits.detach().float()
    for _ in range(100):
        optimizer.zero_grad()
        F.cross_entropy(z / T, labels).backward()
        optimizer.step()
    return min(max(T.item(), 0.05), 20.0)
