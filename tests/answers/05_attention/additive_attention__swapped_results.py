# exercise: additive_attention
# expect: wrong
# meant: returns (weights, output)
# about: order|swap|first|exchang|shape|revers
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = softmax(hidden @ v)
    return weights, (weights.unsqueeze(-1) * values).sum(dim=-2)
