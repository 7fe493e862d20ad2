# exercise: softmax
# expect: wrong
# meant: forgets the exponential: x / sum, after shifting the minimum to zero
# about: exponential|e\^|\bexp\b|differen|order|ratio|proportion
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    x = x - x.amin(dim=dim, keepdim=True)
    return x / x.sum(dim=dim, keepdim=True)
