# exercise: scaled_dot_product_attention
# expect: wrong
# meant: adds a head dimension to every mask of three dimensions
# about: broadcast|dimension|unsqueeze|mask|shape|leading
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        mask = mask.unsqueeze(1)
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
