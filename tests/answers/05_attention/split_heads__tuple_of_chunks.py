# exercise: split_heads
# expect: wrong
# meant: returns the tuple of chunk
# about: tuple|tensor|list|stack|type
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    return torch.chunk(x, num_heads, dim=-1)
