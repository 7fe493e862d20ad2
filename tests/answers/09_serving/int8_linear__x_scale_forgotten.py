# exercise: int8_linear
# expect: wrong
# meant: multiplies by the scales of the weights only, not by those of the rows of x
# about: both scales|scales? of (the rows of )?(x|the input)|x_scale|input.s scale|scale of the input|second scale
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, _ = quantize(x)
    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T
    return sums.float() * scales + bias
