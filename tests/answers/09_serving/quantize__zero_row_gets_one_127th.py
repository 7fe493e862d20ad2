# exercise: quantize
# expect: wrong
# meant: replaces the largest value 0 by 1 before it divides by 127, so the scale of a row of zeros is 1/127
# about: zero
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    largest = weight.abs().amax(dim=1)
    largest = torch.where(largest == 0, torch.ones_like(largest), largest)
    scales = largest / 127
    codes = (weight / scales[:, None]).round().to(torch.int8)
    return codes, scales
