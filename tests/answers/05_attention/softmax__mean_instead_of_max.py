# exercise: softmax
# expect: wrong
# meant: subtracts the mean (the Predict question), (300, 0, 0) overflows
# about: maxim|largest|\bmean\b|overflow|inf\b|infinit|nan|large scores|1000
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x - x.mean(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)
