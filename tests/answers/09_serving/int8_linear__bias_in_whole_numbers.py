# exercise: int8_linear
# expect: wrong
# meant: as in Jacob et al.: the bias is rounded to whole multiples of both scales and added to the sum
# about: bias
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    both = x_scales[:, None] * scales[None, :]
    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T
    whole_bias = torch.round(bias / both).to(torch.int64)
    return (sums + whole_bias).to(torch.float32) * both
