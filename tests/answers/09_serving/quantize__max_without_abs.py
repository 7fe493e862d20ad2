# exercise: quantize
# expect: wrong
# meant: takes the largest weight of a row, forgetting the absolute value
# about: absolute|abs\b|abs\(|negative|sign
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    biggest, _ = weight.max(dim=1)
    scales = biggest / 127
    scales = torch.where(scales == 0, torch.ones_like(scales), scales)
    codes = torch.round(weight / scales[:, None]).clamp(-127, 127).to(torch.int8)
    return codes, scales
