# exercise: int8_linear
# expect: wrong
# meant: quantizes x by hand in place, so that the caller's x holds codes afterwards
# about: in.?place|overwrit|unchanged|mutat|argument|modif|caller
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_scales = x.abs().amax(dim=1) / 127
    x_scales[x_scales == 0] = 1.0
    x /= x_scales[:, None]
    x.round_()
    sums = x.to(torch.int32) @ codes.to(torch.int32).T
    return sums.to(torch.float32) * x_scales[:, None] * scales + bias
