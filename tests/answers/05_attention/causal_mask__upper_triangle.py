# exercise: causal_mask
# expect: wrong
# meant: triu: the future instead of the past
# about: future|past|upper|lower|triu|tril|after|transpos|invert|opposite|wrong way|revers
def causal_mask(length: int) -> Tensor:
    return torch.triu(torch.ones(length, length)).bool()
