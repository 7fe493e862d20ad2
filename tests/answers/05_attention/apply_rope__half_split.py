# exercise: apply_rope
# expect: wrong
# meant: pairs (x_0, x_{d/2}) as in the Llama of transformers
# about: adjacent|half|halves|pair|neighbo|convention|rotate_half|2i
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    angles = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    angles = torch.cat((angles, angles), dim=-1)
    half = torch.cat((-x[..., d // 2 :], x[..., : d // 2]), dim=-1)
    return x * angles.cos() + half * angles.sin()
