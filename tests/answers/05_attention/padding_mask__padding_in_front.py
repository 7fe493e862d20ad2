# exercise: padding_mask
# expect: wrong
# meant: the padding stands at the start (left padding as in generation)
# about: start|front|left|\bend\b|beginning|first
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    start = max_length - lengths
    return (torch.arange(max_length) >= start[:, None]).unsqueeze(1)
