# exercise: int8_linear
# expect: wrong
# meant: the scales of x go along the columns and those of the weights along the rows of the result
# about: axis|axes|broadcast|column|swapped|dimension|unsqueeze|\[:, None\]
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T
    return sums.float() * scales[:, None] * x_scales[None, :] + bias
