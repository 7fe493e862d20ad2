# exercise: mean_pooling
# expect: wrong
# meant: the mean over the width of each token, not over the tokens
# about: axis|dim|width|over the tokens|d_model|shape
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    return hidden.mean(dim=-1) * attention_mask
