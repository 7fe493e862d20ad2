# exercise: smoothed_probability
# expect: right
# meant: smoothing as interpolation between the share and the uniform distribution
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    uniform = 1 / vocabulary_size
    if context not in counts or not counts[context]:
        return uniform
    row = counts[context]
    total = sum(row.values())
    below = total + alpha * vocabulary_size
    share = row[token] / total if token in row else 0
    return total / below * share + alpha * vocabulary_size / below * uniform
