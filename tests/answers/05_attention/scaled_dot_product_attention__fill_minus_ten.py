# exercise: scaled_dot_product_attention
# expect: wrong
# meant: a fill of -10 is not negative enough: forbidden keys keep some weight
# about: negative|forbidden|masked|-?inf|weight.*(0|zero)|exactly
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -10.0)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask.any(dim=-1, keepdim=True)
    return weights @ value, weights
