# exercise: softmax
# expect: wrong
# meant: the bare formula, overflows for scores such as 1000
# about: overflow|maxim|largest|inf\b|infinit|nan|large scores|1000|subtract|underflow
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x)
    return e / e.sum(dim=dim, keepdim=True)
