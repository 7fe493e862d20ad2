# exercise: scaled_dot_product_attention
# expect: wrong
# meant: for rows without keys only the output is set to zero, the weights stay uniform
# about: weights|no key|nothing|fully|empty row|uniform|without any|whole row|none
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is None:
        weights = softmax(scores)
        return weights @ value, weights
    weights = softmax(scores.masked_fill(~mask, -1e9))
    output = (weights @ value) * mask.any(dim=-1, keepdim=True)
    return output, weights
