# exercise: smoothed_probability
# expect: wrong
# meant: alpha below the line only
# about: numerator|above the line|added to the count|(probability|gives?|gets?|stays?|still) (of )?(0\b|zero)|impossible|unseen token
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    return row.get(token, 0) / (sum(row.values()) + alpha * vocabulary_size)
