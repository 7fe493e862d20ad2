# exercise: apply_rope
# expect: wrong
# meant: writes the rotated numbers into x
# about: in.?place|unchanged|chang|modif|overwr|argument|alter
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    a = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2].clone(), x[..., 1::2].clone()
    x[..., 0::2] = even * a.cos() - odd * a.sin()
    x[..., 1::2] = even * a.sin() + odd * a.cos()
    return x
