# exercise: scaled_dot_product_attention
# expect: wrong
# meant: zeroes the rows of queries by the mask's columns (thinks padded positions must not ask either)
# about: row|quer|column|key|padd|transpos
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is None:
        weights = softmax(scores)
        return weights @ value, weights
    mask = mask.expand(scores.shape)
    weights = softmax(scores.masked_fill(~mask, -1e9)) * mask
    if mask.shape[-1] == mask.shape[-2]:
        weights = weights * mask.any(dim=-2).unsqueeze(-1)
    return weights @ value, weights
