# exercise: mean_pooling
# expect: wrong
# meant: subtracts the mask from 1, which a mask of booleans does not allow
# about: bool|True
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    padding = (1 - attention_mask).unsqueeze(-1) == 1
    total = hidden.masked_fill(padding, 0.0).sum(dim=1)
    return total / attention_mask.sum(dim=1, keepdim=True).clamp(min=1)
