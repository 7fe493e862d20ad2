# exercise: apply_rope
# expect: wrong
# meant: adjacent rotate_half, but cos and sin are cat(angles, angles) from the half-split code
# about: adjacent|half|halves|pair|neighbo|convention|repeat|same angle|speed|angle
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    angles = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    angles = torch.cat((angles, angles), dim=-1)
    turned = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).flatten(-2)
    return x * angles.cos() + turned * angles.sin()
