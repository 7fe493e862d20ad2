# exercise: scaled_dot_product_attention
# expect: wrong
# meant: query /= sqrt(d_k) changes the argument
# about: in.?place|unchanged|chang|modif|argument|overwr|alter
def scaled_dot_product_attention(query, key, value, mask=None):
    query.data /= math.sqrt(query.shape[-1])
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
