# exercise: mean_pool
# expect: wrong
# meant: multiplies by the mask and takes mean over places (padding as zero vectors)
# about: divid\w*.*(length|padding|places|tokens)|denominator|number of (the )?(tokens|places)|length of the row|how many tokens|zero vectors|padding.*still
def mean_pool(hidden, attention_mask):
    hidden = hidden.masked_fill(~attention_mask.bool().unsqueeze(2), 0.0)
    return torch.mean(hidden, 1)
