# exercise: merge_heads
# expect: wrong
# meant: right shape, wrong numbers: heads are not moved back first
# about: transpos|permut|order|token|mix|\bplaces?\b|before|inverse
def merge_heads(x: Tensor) -> Tensor:
    batch, heads, length, d_head = x.shape
    return x.reshape(batch, length, heads * d_head)
