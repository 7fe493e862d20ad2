# exercise: additive_attention
# expect: wrong
# meant: divides the additive scores by sqrt(d_hidden), carried over from the scaled dot product
# about: scal|divid|sqrt|√|root|temperature
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    weights = softmax((hidden @ v) / math.sqrt(v.shape[0]))
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
