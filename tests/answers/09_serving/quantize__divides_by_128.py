# exercise: quantize
# expect: wrong
# meant: divides by 128 (the number of negative int8 values) and clamps to 127
# about: 128|127
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    largest = weight.abs().amax(dim=1)
    scales = torch.where(largest > 0, largest / 128, torch.ones_like(largest))
    codes = (weight / scales.unsqueeze(1)).round().clamp(-127, 127)
    return codes.to(torch.int8), scales
