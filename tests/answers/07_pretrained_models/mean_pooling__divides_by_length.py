# exercise: mean_pooling
# expect: wrong
# meant: zeroes the padding, but divides by the full length
# about: divid|length|number of tokens|count|denominator|sum of the mask|mean
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    return (hidden * attention_mask.unsqueeze(-1)).mean(dim=1)
