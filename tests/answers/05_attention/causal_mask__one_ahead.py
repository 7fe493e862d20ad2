# exercise: causal_mask
# expect: wrong
# meant: one token of the future is visible (diagonal=1)
# about: future|next|diagonal|ahead|after|off by one
def causal_mask(length: int) -> Tensor:
    return torch.ones(length, length, dtype=torch.bool).tril(diagonal=1)
