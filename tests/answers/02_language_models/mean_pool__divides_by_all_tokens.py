# exercise: mean_pool
# expect: wrong
# meant: divides by the number of tokens of the whole batch
# about: batch|each (row|text)|every (row|text)|own (number|count|tokens)|per (row|text)|whole|divid|dim\b
def mean_pool(hidden, attention_mask):
    summed = torch.einsum("bld,bl->bd", hidden, attention_mask.to(hidden.dtype))
    return summed / attention_mask.sum().clamp(min=1)
