# exercise: scaled_dot_product_attention
# expect: wrong
# meant: divides the weights, not the scores, by sqrt(d_k)
# about: scal|divid|sqrt|√|root|before|after|sum to (1|one)
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores) / math.sqrt(query.shape[-1])
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
