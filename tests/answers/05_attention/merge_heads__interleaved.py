# exercise: merge_heads
# expect: wrong
# meant: the numbers of the heads alternate
# about: interleav|alternat|order|head 0|side by side|\bplaces?\b|permut
def merge_heads(x: Tensor) -> Tensor:
    batch, heads, length, d_head = x.shape
    return x.permute(0, 2, 3, 1).reshape(batch, length, d_head * heads)
