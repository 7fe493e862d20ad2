# exercise: softmax
# expect: wrong
# meant: forgets that max with a dim returns values and indices: TypeError
# about: max|values|indices|tuple|amax|pair|TypeError
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    biggest = torch.max(x, dim=dim, keepdim=True)
    e = torch.exp(x - biggest)
    return e / torch.sum(e, dim=dim, keepdim=True)
