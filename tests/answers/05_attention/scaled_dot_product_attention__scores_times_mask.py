# exercise: scaled_dot_product_attention
# expect: wrong
# meant: multiplies the scores with the mask: a score of 0 is a score like any other
# about: score of (0|zero)|e\^?0|scores?.*(0|zero)|forbidden|masked|-?inf|weight.*(0|zero)
def scaled_dot_product_attention(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores * mask
    weights = softmax(scores, dim=-1)
    return weights @ value, weights
