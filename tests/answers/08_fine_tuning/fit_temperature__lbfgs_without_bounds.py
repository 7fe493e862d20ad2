# exercise: fit_temperature
# expect: wrong
# meant: L-BFGS on T without bounds, as in the published code: it leaves the range where the loss falls all the way
# about: range|bound|clamp|0\.05|\b20\b|limit|outside|leaves|end
def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    log_T = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    z = logits.detach().double()
    optimizer = torch.optim.LBFGS([log_T], lr=0.5, max_iter=100, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(z / log_T.exp(), labels)
        loss.backward()
        return loss

    optimizer.step(closure)
    return log_T.exp().item()
