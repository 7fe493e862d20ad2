# exercise: int8_linear
# expect: wrong
# meant: adds up in int16, which holds a product and not the sum of many
# about: int16|16 bits|sixteen|wrap|overflow|32 bits
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    # 127 * 127 = 16129 fits into 16 bits
    sums = x_codes.to(torch.int16) @ codes.to(torch.int16).T
    return sums.to(torch.float32) * x_scales.unsqueeze(1) * scales + bias
