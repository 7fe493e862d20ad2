# exercise: apply_rope
# expect: wrong
# meant: takes the positions to be consecutive from the first one on
# about: positions?|order|consecutive|arange|given
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    length, d = x.shape[-2:]
    start = int(positions.min()) if length else 0
    a = torch.arange(start, start + length)[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1).flatten(-2)
