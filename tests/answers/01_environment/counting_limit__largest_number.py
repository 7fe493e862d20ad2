# exercise: counting_limit
# expect: wrong
# meant: takes the largest number of the format for the answer
# about: largest number|finfo|\bmax\b|range|\bgap|leav(e|ing) out|precision|fraction|every
def counting_limit(dtype):
    return int(torch.finfo(dtype).max)
