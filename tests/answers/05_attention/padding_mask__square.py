# exercise: padding_mask
# expect: wrong
# meant: expanded to (batch, max_length, max_length)
# about: shape|dimension|size 1|expand|batch, 1|square
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    row = torch.arange(max_length) < lengths[:, None]
    return row[:, None, :].expand(-1, max_length, -1)
