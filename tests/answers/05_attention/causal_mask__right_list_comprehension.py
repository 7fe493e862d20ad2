# exercise: causal_mask
# expect: right
# meant: nested list comprehension, turned into a tensor
def causal_mask(length: int) -> Tensor:
    return torch.tensor([[key <= query for key in range(length)] for query in range(length)])
