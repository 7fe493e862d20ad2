# exercise: additive_attention
# expect: wrong
# meant: multiplies with w_query as it stands, (out, in): only possible if square, and wrong then
# about: transpos|\.T\b|\.mT|out, in|\(out|shape|linear|w_query|w_key|size
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query).unsqueeze(-2) + keys @ w_key)
    weights = softmax(hidden @ v)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
