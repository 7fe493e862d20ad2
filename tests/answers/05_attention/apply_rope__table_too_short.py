# exercise: apply_rope
# expect: wrong
# meant: looks up a table that is only as long as x: positions beyond it are out of range
# about: positions?|index|range|table|bounds|begin|large
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    length, d = x.shape[-2:]
    table = sinusoidal_positions(length, d)[positions].to(x.dtype)
    sin, cos = table[:, 0::2], table[:, 1::2]
    out = torch.empty_like(x)
    out[..., 0::2] = x[..., 0::2] * cos - x[..., 1::2] * sin
    out[..., 1::2] = x[..., 0::2] * sin + x[..., 1::2] * cos
    return out
