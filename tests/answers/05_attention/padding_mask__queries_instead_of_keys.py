# exercise: padding_mask
# expect: wrong
# meant: size 1 at the end: (batch, max_length, 1), masks the queries
# about: shape|dimension|quer|keys|last|unsqueeze|batch, 1
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(max_length) < lengths[:, None]).unsqueeze(-1)
