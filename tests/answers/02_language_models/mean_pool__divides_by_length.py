# exercise: mean_pool
# expect: wrong
# meant: masks the sum but divides by the length of the row with its padding
# about: divid\w*.*(length|padding|places|tokens)|denominator|number of (the )?(tokens|places)|length of the row|how many tokens
def mean_pool(hidden, attention_mask):
    summed = (hidden * attention_mask.unsqueeze(-1)).sum(dim=1)
    return summed / hidden.shape[1]
