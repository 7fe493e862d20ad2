# exercise: scaled_dot_product_attention
# expect: wrong
# meant: takes the number of keys for d_k
# about: scal|divid|sqrt|√|root|d_k|width|length
def scaled_dot_product_attention(query, key, value, mask=None):
    d_k = key.size(-2)
    scores = query @ key.transpose(-2, -1) / math.sqrt(d_k)
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
