# exercise: scaled_dot_product_attention
# expect: wrong
# meant: adds -inf and repairs the nan afterwards: the gradients are nan
# about: gradient|backward|nan
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.mT / math.sqrt(query.shape[-1])
    if mask is not None:
        bias = torch.zeros(mask.shape, dtype=scores.dtype).masked_fill(~mask, float("-inf"))
        scores = scores + bias
    weights = torch.nan_to_num(softmax(scores, dim=-1), nan=0.0)
    return weights @ value, weights
