# exercise: cross_entropy
# expect: wrong
# meant: the lesson's formula as written: logsumexp minus the picked logit (float32 rounding of LSE near 10000 is about 0.0005)
# about: not allowed
def cross_entropy(logits, targets, ignore_index=-100):
    counted = targets != ignore_index
    x, y = logits[counted], targets[counted]
    if y.numel() == 0:
        return (logits * 0).sum()
    return (torch.logsumexp(x, dim=-1) - x.gather(-1, y[..., None])[..., 0]).mean()
