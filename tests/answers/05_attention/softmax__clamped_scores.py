# exercise: softmax
# expect: wrong
# meant: avoids the overflow by cutting scores at 80, so 1000 and 999 get equal weights
# about: clamp|cut|clip|limit|differen|subtract|maxim|overflow|large scores|1000|underflow
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    x = torch.clamp(x, min=-80.0, max=80.0)
    e = torch.exp(x)
    return e / e.sum(dim=dim, keepdim=True)
