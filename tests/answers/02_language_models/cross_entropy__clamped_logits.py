# exercise: cross_entropy
# expect: wrong
# meant: clamps logits to [-50, 50] against overflow
# about: clamp|clip|limit|cut off|chang\w* the logits|beyond 50|large logits|10000
def cross_entropy(logits, targets, ignore_index=-100):
    x = logits.clamp(-50, 50).reshape(-1, logits.shape[-1])
    y = targets.reshape(-1)
    keep = y != ignore_index
    if not keep.any():
        return x.sum() * 0
    x, y = x[keep], y[keep]
    return (x.exp().sum(1).log() - x[torch.arange(len(y)), y]).mean()
