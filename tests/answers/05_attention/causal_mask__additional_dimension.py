# exercise: causal_mask
# expect: wrong
# meant: (1, length, length), as in the Annotated Transformer
# about: shape|dimension|squeeze
def causal_mask(length: int) -> Tensor:
    return torch.tril(torch.ones(1, length, length)) == 1
