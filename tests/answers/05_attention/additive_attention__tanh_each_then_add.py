# exercise: additive_attention
# expect: wrong
# meant: squashes query and key separately and adds afterwards
# about: tanh|\bsum|\badd(ed|ing|s)?\b|inside|before|separate|together
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh(query @ w_query.T).unsqueeze(-2) + torch.tanh(keys @ w_key.T)
    weights = softmax(hidden @ v)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
