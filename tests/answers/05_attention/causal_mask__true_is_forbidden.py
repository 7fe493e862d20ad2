# exercise: causal_mask
# expect: wrong
# meant: True = forbidden, as attn_mask of nn.MultiheadAttention
# about: invert|opposite|forbid|wrong way|revers|convention|future|upper|swapped|exchang|negat
def causal_mask(length: int) -> Tensor:
    return torch.triu(torch.ones(length, length, dtype=torch.bool), diagonal=1)
