# exercise: quantize
# expect: wrong
# meant: casts to int8 without rounding, which cuts the fraction off
# about: round|truncat|fraction|toward
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = weight.abs().amax(1) / 127
    scales[scales == 0] = 1
    codes = (weight / scales[:, None]).to(torch.int8)
    return codes, scales
