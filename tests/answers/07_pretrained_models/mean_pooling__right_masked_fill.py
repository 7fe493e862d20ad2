# exercise: mean_pooling
# expect: right
# meant: fills the padding with zeros, clamps the count
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    token = attention_mask != 0
    counts = token.sum(dim=1, keepdim=True).clamp(min=1).to(hidden.dtype)
    return hidden.masked_fill(~token[:, :, None], 0).sum(dim=1) / counts
