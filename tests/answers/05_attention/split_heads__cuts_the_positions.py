# exercise: split_heads
# expect: wrong
# meant: cuts the sentence into pieces instead of the vectors
# about: position|length|token|last dimension|sentence|shape
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    return torch.stack(torch.tensor_split(x, num_heads, dim=1), dim=1)
