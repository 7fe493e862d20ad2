# exercise: smoothed_probability
# expect: wrong
# meant: inserts the unseen context into counts with setdefault
# about: unchanged|chang|mutat|modif|in place|setdefault|insert|add(s|ed)? .*(to|into) .?counts|copy|argument
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.setdefault(context, {})
    seen = row.setdefault(token, 0)
    return (seen + alpha) / (sum(row.values()) + alpha * vocabulary_size)
