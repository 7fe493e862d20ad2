# exercise: padding_mask
# expect: wrong
# meant: (batch, max_length), the dimension of the queries is missing
# about: shape|dimension|size 1|unsqueeze|batch, 1
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return torch.arange(max_length)[None, :] < lengths[:, None]
