# exercise: scaled_dot_product_attention
# expect: wrong
# meant: zeroes after the softmax and renormalises: fails when a forbidden score is far above the allowed ones
# about: forbidden|before|after|renormal|large|\bfar\b|underflow|masked|leave
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
        weights = weights / (weights.sum(dim=-1, keepdim=True) + 1e-12)
    return weights @ value, weights
