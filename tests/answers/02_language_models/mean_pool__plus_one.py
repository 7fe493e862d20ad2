# exercise: mean_pool
# expect: wrong
# meant: adds 1 to every count to avoid the division by zero
# about: plus (1|one)|\+ ?1|one too (many|large)|divid|count|denominator|number of tokens|too small|clamp
def mean_pool(hidden, attention_mask):
    m = attention_mask[..., None]
    return (hidden * m).sum(1) / (m.sum(1) + 1)
