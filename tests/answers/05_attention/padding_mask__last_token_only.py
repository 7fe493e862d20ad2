# exercise: padding_mask
# expect: wrong
# meant: marks only the last real token (one-hot at length - 1)
# about: before|\ball (the )?(keys|real|tokens|earlier|before|previous)|up to|every|first|one-hot|how many
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(max_length) == lengths[:, None] - 1)[:, None]
