# exercise: scaled_dot_product_attention
# expect: wrong
# meant: True = may not attend, as in nn.MultiheadAttention
# about: invert|opposite|forbid|allow|may attend|convention|wrong way|revers|~|swapped|exchang|negat
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * ~mask
    return weights @ value, weights
