# exercise: additive_attention
# expect: wrong
# meant: returns the output alone, not the pair
# about: tuple|pair|two|both|weights
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = softmax(hidden @ v)
    return (weights.unsqueeze(-1) * values).sum(dim=-2)
