# exercise: mean_pooling
# expect: wrong
# meant: takes the vector of [CLS], the first one
# about: CLS|first|mean|average
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    return hidden[:, 0]
