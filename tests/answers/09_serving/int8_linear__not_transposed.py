# exercise: int8_linear
# expect: wrong
# meant: multiplies by codes and not by its transpose, works only (and wrongly) for square weights
# about: transpos|\.T\b|square|d_out
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = torch.mm(x_codes.int(), codes.int())
    return sums.float() * x_scales.reshape(-1, 1) * scales.reshape(1, -1) + bias
