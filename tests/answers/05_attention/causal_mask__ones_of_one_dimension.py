# exercise: causal_mask
# expect: wrong
# meant: tril of a vector: an error
# about: shape|dimension|2-?D|two|square|matri|tril|error
def causal_mask(length: int) -> Tensor:
    return torch.tril(torch.ones(length)).bool()
