# exercise: additive_attention
# expect: right
# meant: recursion over leading dimensions, then a Python loop over the keys
def additive_attention(query, keys, values, w_query, w_key, v):
    if query.dim() > 1:
        if len(query) == 0:
            return values.sum(-2), keys.sum(-1)
        pairs = [additive_attention(q, k, u, w_query, w_key, v) for q, k, u in zip(query, keys, values)]
        return torch.stack([p[0] for p in pairs]), torch.stack([p[1] for p in pairs])
    asked = torch.mv(w_query, query)
    scores = torch.stack([torch.dot(v, torch.tanh(asked + torch.mv(w_key, k))) for k in keys])
    weights = softmax(scores)
    return sum(w * u for w, u in zip(weights, values)), weights
