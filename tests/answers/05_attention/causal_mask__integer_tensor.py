# exercise: causal_mask
# expect: wrong
# meant: a tensor of 0 and 1 (int64): ~mask then is -1 and -2
# about: bool|dtype|\bint|type
def causal_mask(length: int) -> Tensor:
    rows = [[1] * (i + 1) + [0] * (length - i - 1) for i in range(length)]
    return torch.tensor(rows)
