# exercise: softmax
# expect: wrong
# meant: keepdim forgotten: right for 1-D, wrong or crash for more dimensions
# about: keepdim|broadcast|shape|row|slice|dimension|size
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x - x.max())
    return e / e.sum(dim=dim)
