# exercise: smoothed_probability
# expect: wrong
# meant: returns the logarithm
# about: log|negative|not.*probability|between 0 and 1
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    p = (row.get(token, 0) + alpha) / (sum(row.values()) + alpha * vocabulary_size)
    return math.log(p)
