# exercise: mean_pool
# expect: wrong
# meant: leaves rows without tokens out of the result
# about: empty|without (any )?tokens?|no tokens?|zeros|missing|left out|drop|skip|fewer|number of rows|shape
def mean_pool(hidden, attention_mask):
    rows = [h[m.bool()].mean(dim=0) for h, m in zip(hidden, attention_mask) if m.any()]
    return torch.stack(rows) if rows else hidden.new_zeros(0, hidden.shape[-1])
