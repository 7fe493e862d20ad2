# exercise: softmax
# expect: wrong
# meant: subtracts one maximum of the whole tensor, so rows far below it become 0/0
# about: row|slice|dim|whole|global|overall|own max|underflow
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    x = x - x.max()
    e = torch.exp(x)
    return e / e.sum(dim=dim, keepdim=True)
