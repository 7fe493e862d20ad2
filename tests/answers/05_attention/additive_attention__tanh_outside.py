# exercise: additive_attention
# expect: wrong
# meant: applies the tanh to the score instead of the hidden layer
# about: tanh|hidden|inside|outside|score
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = (query @ w_query.T).unsqueeze(-2) + keys @ w_key.T
    weights = softmax(torch.tanh(hidden @ v))
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
