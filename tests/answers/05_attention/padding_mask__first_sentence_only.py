# exercise: padding_mask
# expect: wrong
# meant: one sentence only: the length of the first is used for all
# about: each sentence|every sentence|own length|batch|first|all sentences|shape
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    real = torch.arange(max_length) < lengths[0]
    return real.expand(len(lengths), 1, max_length)
