# exercise: int8_linear
# expect: wrong
# meant: quantizes the whole batch with one scale instead of each row with its own
# about: each row|per row|per-row|whole batch|one scale|single scale|own scale|entire
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    flat_codes, flat_scale = quantize(x.reshape(1, -1))
    x_codes = flat_codes.reshape(x.shape)
    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T
    return sums.to(torch.float32) * flat_scale * scales + bias
