# exercise: apply_rope
# expect: wrong
# meant: the pairs are returned as (..., d_head / 2, 2): not flattened
# about: shape|flatten|dimension|reshape
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    a = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1)
