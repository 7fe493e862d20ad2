# exercise: scaled_dot_product_attention
# expect: right
# meant: opens the rows without keys, so that no nan can arise, and closes them by where afterwards
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = torch.matmul(query / key.shape[-1] ** 0.5, key.mT)
    if mask is None:
        mask = scores == scores
    if scores.shape[-1] == 0:
        return scores @ value, scores
    mask = torch.broadcast_to(mask, scores.shape)
    nobody = torch.logical_not(mask).all(-1, keepdim=True)
    weights = softmax(torch.where(mask | nobody, scores, float("-inf")), dim=-1)
    weights = torch.where(nobody, torch.zeros_like(weights), weights)
    return torch.matmul(weights, value), weights
