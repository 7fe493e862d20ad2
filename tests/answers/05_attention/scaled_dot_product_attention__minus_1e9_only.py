# exercise: scaled_dot_product_attention
# expect: wrong
# meant: fully masked rows become uniform, since all scores are -1e9
# about: no key|nothing|all.*(forbidden|masked)|fully|empty row|uniform|equal|without any|whole row|none
def scaled_dot_product_attention(query, key, value, mask=None):
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    if mask is not None:
        scores = scores.masked_fill(mask == 0, -1e9)
    p_attn = softmax(scores, dim=-1)
    return torch.matmul(p_attn, value), p_attn
