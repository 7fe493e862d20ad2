# exercise: cross_entropy
# expect: wrong
# meant: logits[arange, targets]: works for (N, V) only
# about: dimension|shape|leading|batch|flatten|reshape|3-d|three|any number of|one place|without.*dim|view
def cross_entropy(logits, targets, ignore_index=-100):
    keep = targets != ignore_index
    n = keep.sum()
    if n == 0:
        return (logits * 0).sum()
    y = torch.where(keep, targets, 0)
    loss = -torch.log_softmax(logits, dim=1)[torch.arange(len(logits)), y]
    return (loss * keep).sum() / n
