# exercise: smoothed_probability
# expect: wrong
# meant: always adds one, ignores alpha
# about: alpha|α|pseudo|add-one|add one|always (adds )?(1|one)
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    return (row.get(token, 0) + 1) / (sum(row.values()) + vocabulary_size)
