# exercise: mean_pooling
# expect: wrong
# meant: a row without any token gives nan (0/0)
# about: nan|0 ?/ ?0|zero|without (any|a) token|no token|only padding|all padding
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    m = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * m).sum(1) / m.sum(1)
