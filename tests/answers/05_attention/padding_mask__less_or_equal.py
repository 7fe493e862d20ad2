# exercise: padding_mask
# expect: wrong
# meant: <= : one token too many
# about: one (token |position |key )?too many|off by one|count|<=|first padding|how many|too (long|many)
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    return (torch.arange(max_length)[None, :] <= lengths[:, None]).unsqueeze(1)
