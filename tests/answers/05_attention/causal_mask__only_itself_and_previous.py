# exercise: causal_mask
# expect: wrong
# meant: a window of two: itself and the token directly before, nothing earlier
# about: everything before|\ball (the )?(keys|real|tokens|earlier|before|previous)|earlier|\bfar\b|before|past|window
def causal_mask(length: int) -> Tensor:
    ones = torch.ones(length, length, dtype=torch.bool)
    return ones.tril() & ones.triu(-1)
