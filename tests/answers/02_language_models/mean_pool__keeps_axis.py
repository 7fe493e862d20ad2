# exercise: mean_pool
# expect: wrong
# meant: (batch, 1, d_model): keepdim left on
# about: shape|dimension|keepdim|axis|\(batch, ?1|squeeze
def mean_pool(hidden, attention_mask):
    m = attention_mask.unsqueeze(-1)
    s = (hidden * m).sum(dim=1, keepdim=True)
    return s / m.sum(dim=1, keepdim=True).clamp(min=1)
