# exercise: scaled_dot_product_attention
# expect: wrong
# meant: key.T reverses all dimensions: only without leading dimensions
# about: transpos|\.T\b|leading|batch|dimension|shape|size
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.T / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
