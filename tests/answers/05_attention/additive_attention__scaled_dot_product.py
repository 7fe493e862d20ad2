# exercise: additive_attention
# expect: wrong
# meant: the mix-up: softmax(q k / sqrt(d)), no tanh at all
# about: tanh|additive|dot product|hidden|multipl|projection|w_query|score
def additive_attention(query, keys, values, w_query, w_key, v):
    q = query @ w_query.T
    k = keys @ w_key.T
    scores = (k @ q.unsqueeze(-1)).squeeze(-1) / math.sqrt(q.shape[-1])
    weights = softmax(scores)
    return (weights.unsqueeze(-2) @ values).squeeze(-2), weights
