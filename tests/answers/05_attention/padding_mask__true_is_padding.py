# exercise: padding_mask
# expect: wrong
# meant: True at the padding, as key_padding_mask of nn.MultiheadAttention
# about: invert|opposite|wrong way|revers|real token|convention|swapped|exchang|negat
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(max_length) >= lengths[:, None])[:, None, :]
