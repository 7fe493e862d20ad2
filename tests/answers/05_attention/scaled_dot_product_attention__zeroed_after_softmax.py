# exercise: scaled_dot_product_attention
# expect: wrong
# meant: sets the weights of forbidden keys to 0 after the softmax, the rest no longer sums to one
# about: before|after|\bsum|share|renormal|softmax
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    weights = softmax(scores, dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ value, weights
