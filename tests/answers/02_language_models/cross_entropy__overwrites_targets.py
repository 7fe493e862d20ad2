# exercise: cross_entropy
# expect: wrong
# meant: sets ignored targets to 0 in the caller's tensor
# about: unchanged|chang|mutat|modif|in place|in-place|overwrit|clone|copy|argument
def cross_entropy(logits, targets, ignore_index=-100):
    keep = targets != ignore_index
    targets[~keep] = 0
    loss = -F.log_softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return (loss * keep).sum() / keep.sum().clamp(min=1)
