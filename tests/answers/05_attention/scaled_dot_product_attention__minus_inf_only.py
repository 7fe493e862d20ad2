# exercise: scaled_dot_product_attention
# expect: wrong
# meant: fully masked rows become nan
# about: nan|no key|nothing|all.*(forbidden|masked)|fully|empty row|without any|whole row|none
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.mT / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    weights = softmax(scores, dim=-1)
    return weights @ value, weights
