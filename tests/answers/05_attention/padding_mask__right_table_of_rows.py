# exercise: padding_mask
# expect: right
# meant: a table of all possible rows, (max_length + 1, max_length), from which the lengths pick theirs
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    table = torch.ones(max_length + 1, max_length, dtype=torch.bool).tril(-1)
    return table[lengths.long()][:, None]
