# exercise: additive_attention
# expect: wrong
# meant: averages the keys and ignores the values
# about: values?\b.*(not|average|keys)|keys.*(average|instead)|mix|averag|d_v
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = softmax(hidden @ v)
    output = (weights.unsqueeze(-1) * keys).sum(dim=-2)
    return output, weights
