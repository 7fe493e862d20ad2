# exercise: int8_linear
# expect: wrong
# meant: multiplies the int8 matrices as they are, so the sums wrap round in 8 bits
# about: wrap|overflow|int32|32 bits|\b8 bits|eight bits|(add|sum|multipl)\w* .*int8
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = x_codes @ codes.T
    return sums.float() * x_scales[:, None] * scales[None, :] + bias
