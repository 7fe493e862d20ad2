# exercise: quantize
# expect: wrong
# meant: one scale, from the largest absolute value of the whole matrix, repeated for every row
# about: whole matrix|entire matrix|per row|each row|per-row|own scale|single scale|one scale
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    s = weight.abs().max() / 127
    if s == 0:
        s = torch.tensor(1.0)
    codes = torch.round(weight / s).to(torch.int8)
    return codes, s.expand(weight.shape[0]).clone()
