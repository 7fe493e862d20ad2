# exercise: padding_mask
# expect: wrong
# meant: 1.0 and 0.0 in place of True and False
# about: bool|dtype|float|type
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    mask = torch.zeros(len(lengths), 1, max_length)
    for i, n in enumerate(lengths):
        mask[i, 0, :n] = 1
    return mask
