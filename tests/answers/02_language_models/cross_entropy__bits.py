# exercise: cross_entropy
# expect: wrong
# meant: divides by ln 2
# about: bits|nats|ln ?2|natural|log2|base|factor
def cross_entropy(logits, targets, ignore_index=-100):
    x, y = logits.reshape(-1, logits.shape[-1]), targets.reshape(-1)
    n = (y != ignore_index).sum().clamp(min=1)
    return F.cross_entropy(x, y, ignore_index=ignore_index, reduction="sum") / n / math.log(2)
