# exercise: scaled_dot_product_attention
# expect: right
# meant: masked_fill with -inf and masked_fill of the nan rows: the nan is cut off in both directions
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query.matmul(key.swapaxes(-1, -2)).div(math.sqrt(query.size(-1)))
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not(), -torch.inf)
    weights = softmax(scores) if scores.numel() else scores
    if mask is not None:
        weights = weights.masked_fill(mask.logical_not(), 0.0)
    return weights.matmul(value), weights
