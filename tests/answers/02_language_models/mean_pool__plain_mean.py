# exercise: mean_pool
# expect: wrong
# meant: mean over all places, padding included
# about: pad|mask|all places|every place
def mean_pool(hidden, attention_mask):
    out = hidden.mean(dim=1)
    out[attention_mask.sum(dim=1) == 0] = 0
    return out
