# exercise: smoothed_probability
# expect: wrong
# meant: c(h) as the number of different followers instead of the sum of their counts
# about: sum of|len\b|distinct|different|how often|number of (different |distinct )?followers|c\(h\)|total
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    return (row.get(token, 0) + alpha) / (len(row) + alpha * vocabulary_size)
