# exercise: apply_rope
# expect: wrong
# meant: exponent -i / d_head
# about: 2i|exponent|twice|factor|speed|slow|frequen|pair|angle
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    theta = 10000.0 ** (-torch.arange(d // 2) / d)
    a = torch.outer(positions.to(theta.dtype), theta)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1).flatten(-2)
