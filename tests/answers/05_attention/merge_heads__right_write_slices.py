# exercise: merge_heads
# expect: right
# meant: writes head after head into an empty tensor
def merge_heads(x: Tensor) -> Tensor:
    b, h, n, d = x.shape
    out = x.new_empty(b, n, h * d)
    for i in range(h):
        out[..., i * d : (i + 1) * d] = x[:, i]
    return out
