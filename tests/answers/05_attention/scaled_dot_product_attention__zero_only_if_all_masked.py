# exercise: scaled_dot_product_attention
# expect: wrong
# meant: looks for an empty mask as a whole, not row by row
# about: row|no key|nothing|fully|empty|without any|none|each query|uniform
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None and not mask.any():
        weights = torch.zeros_like(weights)
    return weights @ value, weights
