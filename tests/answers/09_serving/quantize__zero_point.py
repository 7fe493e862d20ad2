# exercise: quantize
# expect: wrong
# meant: asymmetric quantization from memory: minimum to maximum of the row over 255 steps, with a zero point
# about: symmetric|zero.?point|minimum|\bmin\b|255|offset
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    low = weight.amin(dim=1, keepdim=True)
    high = weight.amax(dim=1, keepdim=True)
    scale = (high - low) / 255
    scale = torch.where(scale == 0, torch.ones_like(scale), scale)
    zero_point = torch.round(-128 - low / scale)
    codes = torch.clamp(torch.round(weight / scale + zero_point), -128, 127).to(torch.int8)
    return codes, scale.squeeze(1)
