# exercise: split_heads
# expect: right
# meant: a table of indices (heads, d_head), used as an index
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    which = torch.arange(x.shape[-1]).unflatten(0, (num_heads, -1))
    return x[:, :, which].permute(0, 2, 1, 3)
