# exercise: padding_mask
# expect: wrong
# meant: unsqueeze(0): (1, batch, max_length)
# about: shape|dimension|unsqueeze|batch, 1|batch.*first|middle
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(max_length) < lengths[:, None]).unsqueeze(0)
