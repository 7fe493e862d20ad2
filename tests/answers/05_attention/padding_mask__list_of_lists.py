# exercise: padding_mask
# expect: wrong
# meant: returns nested lists instead of a tensor
# about: list|tensor|type
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return [[[j < n for j in range(max_length)]] for n in lengths.tolist()]
