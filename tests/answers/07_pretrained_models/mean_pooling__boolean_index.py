# exercise: mean_pooling
# expect: wrong
# meant: indexes with the mask as it is: whole numbers 0 and 1 select rows 0 and 1
# about: index|whole number|integer|bool|rows? 0|select
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    out = torch.zeros(hidden.shape[0], hidden.shape[2], dtype=hidden.dtype)
    for i in range(len(hidden)):
        if attention_mask[i].any():
            out[i] = hidden[i][attention_mask[i]].mean(dim=0)
    return out
