# exercise: mean_pooling
# expect: wrong
# meant: the mean over all positions, padding counted
# about: mask|padding
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    return hidden.mean(dim=1)
