# exercise: int8_linear
# expect: wrong
# meant: sums in 64 bits, but the products of the int8 codes were taken in int8 before and have wrapped round
# about: product.*int8|int8.*product|wrap|overflow|before
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    products = x_codes[:, None, :] * codes[None, :, :]
    sums = products.sum(dim=-1, dtype=torch.int64)
    return sums * torch.outer(x_scales, scales) + bias
