# exercise: softmax
# expect: wrong
# meant: scales the scores down by the maximum instead of shifting them
# about: subtract|shift|differen|divid|scal|temperature|exponential
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x / x.abs().amax(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)
