# exercise: padding_mask
# expect: wrong
# meant: marks the last token and cumulates from behind; a sentence of length 0 wraps to index -1 and gets everything
# about: length 0|length (of )?zero|empty|no token|without (any )?token|sentence of 0
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    mask = torch.zeros(len(lengths), 1, max_length, dtype=torch.bool)
    for i, n in enumerate(lengths.tolist()):
        mask[i, 0, n - 1] = True
    return mask.flip(-1).cumsum(-1).flip(-1).bool()
