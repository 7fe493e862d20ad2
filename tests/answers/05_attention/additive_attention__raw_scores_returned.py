# exercise: additive_attention
# expect: wrong
# meant: returns the scores before the softmax as second result
# about: softmax|scores?\b|sum to (1|one)|positive
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = hidden @ v
    output = (softmax(weights).unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
