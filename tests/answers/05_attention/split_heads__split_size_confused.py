# exercise: split_heads
# expect: wrong
# meant: torch.split takes the size of a piece, not the number of pieces
# about: split|size|number of|shape|chunk|d_head|num_heads
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    return torch.stack(torch.split(x, num_heads, dim=-1), dim=1)
