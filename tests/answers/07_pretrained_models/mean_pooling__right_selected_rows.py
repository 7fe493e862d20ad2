# exercise: mean_pooling
# expect: right
# meant: selects the tokens of each row
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    out = hidden.new_zeros(hidden.shape[0], hidden.shape[2])
    for i, keep in enumerate(attention_mask.bool()):
        if keep.any():
            out[i] = hidden[i, keep].mean(dim=0)
    return out
