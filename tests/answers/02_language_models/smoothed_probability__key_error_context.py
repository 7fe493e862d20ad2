# exercise: smoothed_probability
# expect: wrong
# meant: counts[context] fails for an unseen context
# about: unseen context|new context|context.*(not|never|unseen|missing|absent|unknown)|KeyError|need.*be in
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    total = sum(counts[context].values())
    c = counts[context].get(token, 0)
    return (c + alpha) / (total + alpha * vocabulary_size)
