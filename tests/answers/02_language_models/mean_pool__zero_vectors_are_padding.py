# exercise: mean_pool
# expect: wrong
# meant: takes places whose vector is zero for padding and does not look at the mask
# about: mask|anything|zero vector|padding.*(not|need|may)|finite|attention
def mean_pool(hidden, attention_mask):
    real = hidden.abs().sum(dim=-1, keepdim=True) > 0
    return (hidden * real).sum(1) / real.sum(1).clamp(min=1)
