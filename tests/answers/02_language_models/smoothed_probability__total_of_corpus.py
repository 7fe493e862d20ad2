# exercise: smoothed_probability
# expect: wrong
# meant: divides by all counts of the table, not by those of the context
# about: c\(h\)|this context|of the context|after (the|this|that) context|all contexts|whole (table|corpus)|denominator|conditional|other contexts
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    total = sum(sum(row.values()) for row in counts.values())
    return (counts.get(context, {}).get(token, 0) + alpha) / (total + alpha * vocabulary_size)
