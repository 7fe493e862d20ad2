# exercise: split_heads
# expect: wrong
# meant: stacked along dimension 0: (heads, batch, length, d_head)
# about: shape|batch|first|order|dimension|stack
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    return torch.stack(x.chunk(num_heads, dim=-1), dim=0)
