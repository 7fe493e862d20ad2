# exercise: apply_rope
# expect: wrong
# meant: turns clockwise: the signs of the sines are swapped
# about: clockwise|direction|sign|wrong way|opposite|negative|\(cos
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    a = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() + odd * a.sin(), odd * a.cos() - even * a.sin()), dim=-1).flatten(-2)
