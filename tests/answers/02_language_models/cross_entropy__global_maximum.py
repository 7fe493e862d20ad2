# exercise: cross_entropy
# expect: wrong
# meant: subtracts the maximum of the whole tensor instead of each place's
# about: each (place|row)|every (place|row)|own maximum|per (place|row)|whole (tensor|batch)|global|maximum|underflow|max\b|same constant
def cross_entropy(logits, targets, ignore_index=-100):
    keep = targets != ignore_index
    if not keep.any():
        return logits.sum() * 0
    m = logits.max()
    lse = m + torch.log(torch.exp(logits - m).sum(dim=-1))
    y = torch.where(keep, targets, 0)
    loss = lse - logits.gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return loss[keep].mean()
