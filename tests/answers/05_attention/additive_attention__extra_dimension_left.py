# exercise: additive_attention
# expect: wrong
# meant: the helper dimension of size 1 is not removed from output and weights
# about: shape|squeeze|dimension|size 1
def additive_attention(query, keys, values, w_query, w_key, v):
    q = query.unsqueeze(-2) @ w_query.transpose(0, 1)
    hidden = torch.tanh(q + keys @ w_key.transpose(0, 1))
    weights = softmax((hidden @ v).unsqueeze(-2))
    return weights @ values, weights
