# exercise: cross_entropy
# expect: wrong
# meant: log of the sum of exponentials as written: overflows
# about: overflow|maxim|largest|inf\b|infinit|nan|large logits|10000|underflow|subtract|stable
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    x, y = logits.reshape(-1, V), targets.reshape(-1)
    keep = y != ignore_index
    x, y = x[keep], y[keep]
    if len(y) == 0:
        return logits.sum() * 0
    loss = torch.log(torch.exp(x).sum(dim=1)) - x.gather(1, y[:, None])[:, 0]
    return loss.mean()
