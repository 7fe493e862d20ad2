# exercise: mean_pooling
# expect: wrong
# meant: divides by the number of tokens of the whole batch
# about: batch|row|own (count|number)|each text|divid|per text
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    summed = (hidden * attention_mask.unsqueeze(-1)).sum(dim=1)
    return summed / attention_mask.sum().clamp(min=1)
