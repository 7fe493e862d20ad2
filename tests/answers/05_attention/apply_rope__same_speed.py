# exercise: apply_rope
# expect: wrong
# meant: all pairs turn with the same speed: only theta_0 = 1 is used
# about: speed|pair|theta|frequen|10000|slow|same angle|\bown\b
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    c, s = positions[:, None].cos().to(x.dtype), positions[:, None].sin().to(x.dtype)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * c - odd * s, even * s + odd * c), dim=-1).flatten(-2)
