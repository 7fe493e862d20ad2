# exercise: cross_entropy
# expect: wrong
# meant: PyTorch's sum, divided by hand
# about: not allowed
def cross_entropy(logits, targets, ignore_index=-100):
    x, y = logits.reshape(-1, logits.shape[-1]), targets.reshape(-1)
    total = F.cross_entropy(x, y, ignore_index=ignore_index, reduction="sum")
    return total / max(int((y != ignore_index).sum()), 1)
