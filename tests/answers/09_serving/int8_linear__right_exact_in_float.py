# exercise: int8_linear
# expect: right
# meant: a float32 matmul of the codes: with d_in <= 1000 every sum is below 2**24 and exact
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = torch.nn.functional.linear(x_codes.float(), codes.float())
    return torch.addcmul(bias, sums, torch.outer(x_scales, scales))
