# exercise: apply_rope
# expect: wrong
# meant: unpacks batch, length, d_head: only one leading dimension
# about: leading|dimension|batch|unpack|shape|heads|broadcast
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    batch, length, d = x.shape
    a = positions[None, :, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1).reshape(batch, length, d)
