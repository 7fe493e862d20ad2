# exercise: additive_attention
# expect: wrong
# meant: forgets the tanh; then the query cancels out of the weights
# about: tanh|squash|hidden layer|bounded|nonlinear|non-linear
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = (query @ w_query.T).unsqueeze(-2) + keys @ w_key.T
    weights = softmax(hidden @ v)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
