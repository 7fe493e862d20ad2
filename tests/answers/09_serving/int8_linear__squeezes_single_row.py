# exercise: int8_linear
# expect: wrong
# meant: squeezes the result, so a batch of one row (or a single output) loses a dimension
# about: squeeze|shape|dimension|batch of (one|1)|single row
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = (x_codes.int().unsqueeze(1) @ codes.int().T).squeeze()
    factor = (x_scales[:, None] * scales).squeeze()
    return (sums * factor + bias).squeeze()
