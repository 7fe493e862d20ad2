# exercise: quantize
# expect: wrong
# meant: returns 127 / largest, the factor that it multiplied by, instead of the scale largest / 127
# about: invers|reciprocal|127 ?/|upside|multipl|factor|swapped
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    largest = weight.abs().amax(dim=1)
    scales = torch.where(largest > 0, 127 / largest.clamp(min=1e-30), torch.ones_like(largest))
    codes = torch.round(weight * scales[:, None]).to(torch.int8)
    return codes, scales
