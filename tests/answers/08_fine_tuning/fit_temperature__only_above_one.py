# exercise: fit_temperature
# expect: wrong
# meant: begins at T = 1 and only ever makes T larger
# about: smaller than 1|below 1|less than 1|under 1|T < 1|sharpen|one direction|only (up|larger|rises|grow)|from 1|starts? at 1|downward
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z = logits.detach().double()
    T, loss = 1.0, F.cross_entropy(z, labels).item()
    while T < 20:
        following = min(T * 1.004, 20.0)
        new = F.cross_entropy(z / following, labels).item()
        if new >= loss:
            break
        T, loss = following, new
    return T
