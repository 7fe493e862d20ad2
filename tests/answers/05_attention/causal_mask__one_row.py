# exercise: causal_mask
# expect: wrong
# meant: a single row of True, as a padding mask
# about: shape|square|length, length|dimension|row
def causal_mask(length: int) -> Tensor:
    return torch.ones(1, length, dtype=torch.bool)
