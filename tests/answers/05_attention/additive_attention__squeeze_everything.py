# exercise: additive_attention
# expect: wrong
# meant: squeeze() without a dimension also removes a batch of 1, a length of 1
# about: squeeze|shape|size 1|of 1\b|one (sentence|key)|dimension|length 1|single
def additive_attention(query, keys, values, w_query, w_key, v):
    q = query.unsqueeze(-2) @ w_query.T
    hidden = torch.tanh(q + keys @ w_key.T)
    weights = softmax(hidden @ v.unsqueeze(-1), dim=-2)
    output = weights.transpose(-2, -1) @ values
    return output.squeeze(), weights.squeeze()
