# exercise: scaled_dot_product_attention
# expect: wrong
# meant: softmax along the queries, columns sum to one instead of rows
# about: row|column|dim|axis|along|over the (keys|queries)|queries|sum to (1|one)
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores, dim=-2)
    if mask is not None:
        weights = weights * mask
    return weights @ value, weights
