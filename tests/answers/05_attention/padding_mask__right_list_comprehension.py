# exercise: padding_mask
# expect: right
# meant: lists of Python booleans, turned into a tensor at the end
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    rows = [[True] * n + [False] * (max_length - n) for n in lengths.tolist()]
    return torch.tensor(rows, dtype=torch.bool).reshape(len(rows), 1, max_length)
