# exercise: int8_linear
# expect: right
# meant: a loop over the rows of x, elementwise products and sum in int64
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    wide = codes.long()
    out = torch.empty(x.shape[0], codes.shape[0], dtype=torch.float32)
    for place in range(x.shape[0]):
        total = (wide * x_codes[place].long()).sum(dim=1)
        out[place] = x_scales[place] * scales * total + bias.detach()
    return out
