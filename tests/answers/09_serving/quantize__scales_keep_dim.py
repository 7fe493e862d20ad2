# exercise: quantize
# expect: wrong
# meant: keepdim=True for the division, and returns the scales as (rows, 1)
# about: keepdim|shape|dimension|\(rows, ?1\)|squeeze
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = weight.abs().amax(dim=1, keepdim=True) / 127
    scales = torch.where(scales == 0, torch.ones_like(scales), scales)
    codes = torch.round(weight / scales).to(torch.int8)
    return codes, scales
