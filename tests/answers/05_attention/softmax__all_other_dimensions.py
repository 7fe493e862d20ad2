# exercise: softmax
# expect: wrong
# meant: normalises over all dimensions except dim (confuses "along" with "for each")
# about: dim|axis|along|row|column|slice
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    if x.dim() < 2:
        e = torch.exp(x - x.max())
        return e / e.sum()
    others = [d for d in range(x.dim()) if d != dim % x.dim()]
    e = torch.exp(x - x.amax(dim=others, keepdim=True))
    return e / e.sum(dim=others, keepdim=True)
