# exercise: merge_heads
# expect: wrong
# meant: transposes positions and d_head before the reshape
# about: transpos|permut|order|token|mix|\bplaces?\b|swap
def merge_heads(x: Tensor) -> Tensor:
    b, h, n, d = x.shape
    return x.transpose(2, 3).reshape(b, h * d, n).reshape(b, n, h * d)
