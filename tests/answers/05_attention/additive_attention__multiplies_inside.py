# exercise: additive_attention
# expect: wrong
# meant: multiplies the projections inside the tanh instead of adding them
# about: \badd(ed|ing|s)?\b|\bsum|multipl|product|plus
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) * (keys @ w_key.T))
    weights = softmax(hidden @ v)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
