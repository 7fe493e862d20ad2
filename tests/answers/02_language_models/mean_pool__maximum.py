# exercise: mean_pool
# expect: wrong
# meant: max pooling
# about: \bmax|maxim|largest|not (the|a) mean|instead of (the|a) mean
def mean_pool(hidden, attention_mask):
    masked = hidden.masked_fill(attention_mask.unsqueeze(-1) == 0, float("-inf"))
    out = masked.max(dim=1).values
    return torch.where(torch.isinf(out), torch.zeros_like(out), out)
