# exercise: causal_mask
# expect: wrong
# meant: a token may not attend to itself
# about: itself|diagonal|first (row|token)|\bown\b
def causal_mask(length: int) -> Tensor:
    return torch.tril(torch.ones(length, length, dtype=torch.bool), diagonal=-1)
