# exercise: split_heads
# expect: right
# meant: windows of width d_head with step d_head, then movedim
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    d_head = x.size(-1) // num_heads
    return x.unfold(-1, d_head, d_head).movedim(-2, -3)
