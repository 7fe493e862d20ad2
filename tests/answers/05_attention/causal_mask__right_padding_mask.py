# exercise: causal_mask
# expect: right
# meant: a row of the causal mask is a padding mask of length i + 1
def causal_mask(length: int) -> Tensor:
    return padding_mask(torch.arange(length) + 1, length).squeeze(1)
