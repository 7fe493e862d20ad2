# exercise: cross_entropy
# expect: wrong
# meant: compares with -100 whatever ignore_index is
# about: ignore_index|-100|−100|ignore index|argument|hard|fixed|other value|parameter
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    x, y = logits.reshape(-1, V), targets.reshape(-1)
    keep = y != -100
    if keep.sum() == 0:
        return x.sum() * 0
    return F.cross_entropy(x[keep], y[keep])
