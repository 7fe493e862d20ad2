# exercise: mean_pool
# expect: right
# meant: one text after another with a boolean index
def mean_pool(hidden, attention_mask):
    result = hidden.new_zeros(hidden.shape[0], hidden.shape[2])
    for row in range(hidden.shape[0]):
        tokens = hidden[row, attention_mask[row] == 1]
        if len(tokens):
            result[row] = tokens.mean(dim=0)
    return result
