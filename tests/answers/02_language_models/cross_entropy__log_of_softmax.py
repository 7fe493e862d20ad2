# exercise: cross_entropy
# expect: wrong
# meant: log after softmax: minus infinity for improbable targets
# about: underflow|log(arithm)? (of|after) (the )?softmax|after softmax|log_softmax|inf\b|infinit|rounded to (zero|0)|becom\w* (zero|0)|large logits|10000|stable
def cross_entropy(logits, targets, ignore_index=-100):
    p = torch.softmax(logits, dim=-1)
    keep = targets != ignore_index
    if not keep.any():
        return 0.0 * logits.sum()
    y = targets[keep]
    q = p[keep].gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return -torch.log(q).mean()
