# exercise: softmax
# expect: wrong
# meant: divides by the sum of the whole tensor, the weights of all rows together sum to one
# about: row|slice|dim|axis|whole tensor|all (the )?(numbers|entries|scores|elements)|together
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum()
