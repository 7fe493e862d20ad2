# exercise: quantize
# expect: right
# meant: the infinity norm of each row, masked_fill for zeros, rows scaled through a transpose
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    scales = torch.linalg.vector_norm(weight, ord=math.inf, dim=1).div(127)
    scales = scales.masked_fill(scales == 0, 1.0)
    codes = torch.round(weight.T / scales).T.contiguous().char()
    return codes, scales
