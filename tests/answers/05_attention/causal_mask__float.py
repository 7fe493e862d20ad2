# exercise: causal_mask
# expect: wrong
# meant: a matrix of 0.0 and 1.0
# about: bool|dtype|float|type
def causal_mask(length: int) -> Tensor:
    return torch.tril(torch.ones(length, length))
