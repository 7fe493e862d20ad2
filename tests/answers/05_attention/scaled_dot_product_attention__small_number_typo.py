# exercise: scaled_dot_product_attention
# expect: wrong
# meant: fills with 1e-9 in place of -1e9, which is practically a score of 0
# about: score of (0|zero)|e\^?0|forbidden|masked|-?inf|weight.*(0|zero)|negative
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, 1e-9)
        scores = torch.where(mask.any(dim=-1, keepdim=True), scores, torch.zeros_like(scores))
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask.any(dim=-1, keepdim=True)
    return weights @ value, weights
