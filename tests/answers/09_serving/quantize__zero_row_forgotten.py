# exercise: quantize
# expect: wrong
# meant: a row of zeros is not looked after: its scale is 0 and the division gives nan
# about: zero
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = weight.abs().max(dim=1)[0] / 127
    codes = torch.round(weight / scales.view(-1, 1))
    return codes.to(torch.int8), scales
