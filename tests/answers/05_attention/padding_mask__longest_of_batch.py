# exercise: padding_mask
# expect: wrong
# meant: as wide as the longest sentence, max_length ignored
# about: max_length|longest|shape|wid|lengths\.max|size
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(int(lengths.max())) < lengths[:, None]).unsqueeze(1)
