# exercise: mean_pool
# expect: right
# meant: weights that sum to one, times the vectors, as a matrix product
def mean_pool(hidden, attention_mask):
    weights = attention_mask.to(hidden.dtype)
    weights = weights / weights.sum(dim=1, keepdim=True).clamp(min=1)
    return torch.bmm(weights[:, None, :], hidden)[:, 0]
