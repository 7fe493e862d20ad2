# exercise: additive_attention
# expect: right
# meant: glues query and key together, and the two matrices, so that one product does both
def additive_attention(query, keys, values, w_query, w_key, v):
    repeated = query.unsqueeze(-2).expand(*keys.shape[:-1], query.shape[-1])
    both = torch.cat((repeated, keys), dim=-1)
    scores = F.linear(F.linear(both, torch.cat((w_query, w_key), dim=1)).tanh(), v[None]).squeeze(-1)
    weights = softmax(scores, dim=scores.dim() - 1)
    return torch.matmul(values.mT, weights.unsqueeze(-1)).squeeze(-1), weights
