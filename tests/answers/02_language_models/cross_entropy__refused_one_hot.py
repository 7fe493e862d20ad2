# exercise: cross_entropy
# expect: wrong
# meant: gap to the target with a one-hot matrix and logsumexp of differences
# about: not allowed
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    keep = targets != ignore_index
    safe = torch.where(keep, targets, torch.zeros_like(targets))
    hot = torch.nn.functional.one_hot(safe, V).to(logits.dtype)
    own = (logits * hot).sum(dim=-1, keepdim=True)
    gaps = torch.logsumexp(logits - own, dim=-1)
    gaps = torch.where(keep, gaps, torch.zeros_like(gaps))
    return gaps.sum() / keep.sum().clamp(min=1).to(logits.dtype)
