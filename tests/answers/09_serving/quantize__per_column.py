# exercise: quantize
# expect: wrong
# meant: takes the largest absolute value over dim=0, so a scale for each column instead of each row
# about: column|dim|axis|direction
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = weight.abs().max(dim=0).values / 127
    scales[scales == 0] = 1.0
    codes = torch.round(weight / scales).to(torch.int8)
    return codes, scales
