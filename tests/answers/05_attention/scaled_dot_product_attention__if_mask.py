# exercise: scaled_dot_product_attention
# expect: wrong
# meant: "if mask" on a tensor: ambiguous truth value
# about: None|is not None|truth|ambiguous|bool|if mask
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask:
        weights = weights * mask
    return weights @ value, weights
