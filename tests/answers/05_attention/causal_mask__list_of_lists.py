# exercise: causal_mask
# expect: wrong
# meant: nested lists instead of a tensor
# about: list|tensor|type
def causal_mask(length: int) -> Tensor:
    return [[j <= i for j in range(length)] for i in range(length)]
