# exercise: apply_rope
# expect: wrong
# meant: copies x, but the second line uses the even numbers that the first has already overwritten
# about: overwr|already|\bold\b|first|\bodd\b|second|length|\bnorm|rotat|x\[2i|both
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    a = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    out = x.clone()
    out[..., 0::2] = out[..., 0::2] * a.cos() - out[..., 1::2] * a.sin()
    out[..., 1::2] = out[..., 0::2] * a.sin() + out[..., 1::2] * a.cos()
    return out
