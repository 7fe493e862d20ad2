# exercise: mean_pooling
# expect: wrong
# meant: adds 1 to the count against a division by zero
# about: plus (1|one)|\+ ?1|adds? (1|one)|one more|too small|divid|denominator|count
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    m = attention_mask.unsqueeze(-1).float()
    return (hidden * m).sum(dim=1) / (m.sum(dim=1) + 1)
