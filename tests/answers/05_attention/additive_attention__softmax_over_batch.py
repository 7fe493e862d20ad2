# exercise: additive_attention
# expect: wrong
# meant: softmax along dim 0, right with no leading dimension only
# about: softmax|dim|axis|over the keys|along the keys|batch|sum to (1|one)|leading|sum to 1
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = softmax(hidden @ v, dim=0)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
