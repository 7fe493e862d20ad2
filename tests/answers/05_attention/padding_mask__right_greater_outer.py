# exercise: padding_mask
# expect: right
# meant: torch.greater of the lengths and a 3-D arange
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return torch.greater(lengths.reshape(-1, 1, 1), torch.arange(max_length).reshape(1, 1, -1))
