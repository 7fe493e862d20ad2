# exercise: apply_rope
# expect: wrong
# meant: uses 0, 1, 2, ... in place of the given positions
# about: positions?|begin|arange|given
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    length, d = x.shape[-2:]
    a = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1).flatten(-2)
