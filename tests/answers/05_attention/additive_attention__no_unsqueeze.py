# exercise: additive_attention
# expect: wrong
# meant: no dimension for the keys in the projected query: works for one query only, not for a batch
# about: broadcast|dimension|batch|unsqueeze|shape|leading|size
def additive_attention(query, keys, values, w_query, w_key, v):
    hidden = torch.tanh(query @ w_query.T + keys @ w_key.T)
    scores = hidden @ v
    weights = softmax(scores)
    output = (weights.unsqueeze(-1) * values).sum(dim=-2)
    return output, weights
