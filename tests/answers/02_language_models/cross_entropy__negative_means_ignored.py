# exercise: cross_entropy
# expect: wrong
# meant: takes every negative target, and no other, for ignored
# about: ignore_index|ignore index|negative|positive|any number|large(r)? (than|number)|less than (0|zero)|below (0|zero)|>= ?0
def cross_entropy(logits, targets, ignore_index=-100):
    logp = F.log_softmax(logits, dim=-1)
    keep = (targets >= 0).to(logits.dtype)
    picked = logp.gather(-1, targets.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    return -(picked * keep).sum() / keep.sum().clamp(min=1)
