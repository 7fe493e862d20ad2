# exercise: mean_pooling
# expect: wrong
# meant: takes the maximum over the tokens, not the mean
# about: max|mean|average
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    m = attention_mask.bool().unsqueeze(-1)
    best = hidden.masked_fill(~m, float("-inf")).max(dim=1).values
    return torch.where(m.any(dim=1), best, torch.zeros_like(best))
