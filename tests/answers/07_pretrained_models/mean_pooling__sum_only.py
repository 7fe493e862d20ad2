# exercise: mean_pooling
# expect: wrong
# meant: sums and forgets to divide
# about: divid|\bsum|mean|average|count
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    return torch.where(attention_mask.bool()[..., None], hidden, torch.zeros_like(hidden)).sum(dim=1)
