# exercise: softmax
# expect: wrong
# meant: stops one step early and returns the logarithms of the weights
# about: \blog|exponential|\bexp\b|negative|sum to (1|one)
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim, keepdim=True)
    return shifted - shifted.exp().sum(dim, keepdim=True).log()
