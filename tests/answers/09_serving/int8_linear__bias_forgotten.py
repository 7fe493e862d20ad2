# exercise: int8_linear
# expect: wrong
# meant: the bias is not added at all
# about: bias
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    xq, xs = quantize(x)
    y = torch.matmul(xq.to(torch.int32), codes.to(torch.int32).t())
    y = y.to(torch.float32)
    for i in range(len(xs)):
        y[i] = y[i] * xs[i]
    for j in range(len(scales)):
        y[:, j] = y[:, j] * scales[j]
    return y
