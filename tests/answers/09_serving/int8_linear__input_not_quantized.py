# exercise: int8_linear
# expect: wrong
# meant: only turns the weights back to floats; x is used as it is, not quantized
# about: x is (not|never)|quantiz\w* (x|the input)|input|dynamic|activation
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    weight = codes.float() * scales[:, None]
    return torch.nn.functional.linear(x, weight, bias)
