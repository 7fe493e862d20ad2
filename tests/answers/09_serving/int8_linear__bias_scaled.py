# exercise: int8_linear
# expect: wrong
# meant: adds the bias to the whole-number sums before it multiplies by the scales
# about: bias
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = x_codes.int() @ codes.int().T
    sums = sums + bias
    return sums * x_scales[:, None] * scales[None, :]
