# exercise: mean_pool
# expect: wrong
# meant: zeroes the padding in the caller's tensor
# about: unchanged|chang|mutat|modif|in place|in-place|clone|copy|argument|overwrit
def mean_pool(hidden, attention_mask):
    hidden[attention_mask == 0] = 0
    return hidden.sum(dim=1) / attention_mask.sum(dim=1, keepdim=True).clamp(min=1)
