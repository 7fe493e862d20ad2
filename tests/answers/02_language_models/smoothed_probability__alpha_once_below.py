# exercise: smoothed_probability
# expect: wrong
# meant: adds alpha, not alpha times |V|, below the line
# about: denominator|below|sum to (one|1)|vocabulary|\|V\||times|divisor|divid
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    followers = counts.get(context, {})
    return (followers.get(token, 0) + alpha) / (sum(followers.values()) + alpha)
