# exercise: quantize
# expect: wrong
# meant: rounds the codes and leaves them float32, no conversion to int8
# about: int8|dtype|float
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = []
    codes = torch.zeros_like(weight)
    for i in range(weight.shape[0]):
        m = weight[i].abs().max().item()
        s = m / 127 if m > 0 else 1.0
        scales.append(s)
        codes[i] = torch.round(weight[i] / s)
    return codes, torch.tensor(scales)
