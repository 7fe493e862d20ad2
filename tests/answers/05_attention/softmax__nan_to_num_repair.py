# exercise: softmax
# expect: wrong
# meant: lets the overflow happen and repairs nan by 1 afterwards
# about: overflow|nan|inf\b|infinit|maxim|subtract|1000|large scores|sum to (1|one)|underflow
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x)
    w = e / e.sum(dim=dim, keepdim=True)
    return torch.nan_to_num(w, nan=1.0)
