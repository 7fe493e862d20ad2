# exercise: causal_mask
# expect: wrong
# meant: i and j swapped in the comparison: row is taken for the key
# about: row|column|quer.*key|future|transpos|upper|swap|lower|after
def causal_mask(length: int) -> Tensor:
    i = torch.arange(length)
    j = torch.arange(length)
    return i[:, None] <= j[None, :]
