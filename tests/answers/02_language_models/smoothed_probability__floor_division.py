# exercise: smoothed_probability
# expect: wrong
# meant: // as in C with integers
# about: //|integer division|floor|whole number|rounded down|truncat|whole-number
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    num = row.get(token, 0) + alpha
    den = sum(row.values()) + alpha * vocabulary_size
    return float(num // den)
