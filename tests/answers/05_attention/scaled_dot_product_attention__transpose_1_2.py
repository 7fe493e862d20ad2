# exercise: scaled_dot_product_attention
# expect: wrong
# meant: transpose(1, 2) and bmm: exactly one batch dimension
# about: transpos|leading|batch|heads|dimension|shape|bmm|size
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = torch.bmm(query, key.transpose(1, 2)) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return torch.bmm(weights, value), weights
