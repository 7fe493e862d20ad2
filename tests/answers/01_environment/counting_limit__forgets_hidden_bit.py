# exercise: counting_limit
# expect: wrong
# meant: one over eps: forgets the leading 1 that is never stored, half of the right number
# about: half|leading|hidden|factor|twice|doubl|\beps\b|2 \*|p ?\+ ?1
def counting_limit(dtype):
    return int(1 / torch.finfo(dtype).eps)
