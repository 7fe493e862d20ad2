# exercise: mean_pool
# expect: wrong
# meant: 0 / 0 for a row without tokens
# about: nan|empty|without (any )?tokens?|no tokens?|0 ?/ ?0|divi\w* by (zero|0)|zeros|clamp
def mean_pool(hidden, attention_mask):
    m = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * m).sum(1) / m.sum(1)
