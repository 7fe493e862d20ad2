# exercise: scaled_dot_product_attention
# expect: wrong
# meant: forgets the division by sqrt(d_k)
# about: scal|divid|sqrt|√|root|d_k
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
