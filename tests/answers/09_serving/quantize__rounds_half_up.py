# exercise: quantize
# expect: wrong
# meant: rounds with floor(x + 0.5), so ties go up and not to the even number
# about: tie|half|even|floor
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    largest = weight.abs().amax(dim=1)
    scales = largest / 127
    scales[largest == 0] = 1.0
    codes = torch.floor(weight / scales[:, None] + 0.5)
    return codes.to(torch.int8), scales
