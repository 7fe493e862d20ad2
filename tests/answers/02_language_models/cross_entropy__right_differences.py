# exercise: cross_entropy
# expect: right
# meant: log-sum-exp of the differences to the target, for the kept places alone
# (written by an editor of the lesson, in the place of the blind ones that call what is not allowed)
def cross_entropy(logits, targets, ignore_index=-100):
    wanted = targets.reshape(-1)
    keep = wanted != ignore_index
    if not keep.any():
        return (logits * 0.0).sum()
    rows, wanted = logits.reshape(-1, logits.shape[-1])[keep], wanted[keep]
    ahead = rows - rows[torch.arange(len(wanted)), wanted].unsqueeze(-1)
    top = ahead.max(dim=-1).values
    return (top + (ahead - top.unsqueeze(-1)).exp().sum(dim=-1).log()).mean()
