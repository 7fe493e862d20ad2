# exercise: causal_mask
# expect: right
# meant: tril_indices set to True one by one in an empty matrix
def causal_mask(length: int) -> Tensor:
    m = torch.full((length, length), False)
    m[tuple(torch.tril_indices(length, length))] = True
    return m
