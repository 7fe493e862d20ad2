# exercise: mean_pool
# expect: wrong
# meant: the vector of [CLS] instead of the mean
# about: first (token|vector|place)|\[?CLS|only one (vector|token|place)|not (the|a) mean|average of all|all (its )?tokens
def mean_pool(hidden, attention_mask):
    return hidden[:, 0] * (attention_mask.sum(dim=1, keepdim=True) > 0)
