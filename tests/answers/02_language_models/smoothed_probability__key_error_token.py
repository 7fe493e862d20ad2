# exercise: smoothed_probability
# expect: wrong
# meant: counts[context][token] fails for an unseen token
# about: unseen token|new token|token.*(not|never|unseen|missing|absent|unknown)|KeyError|need.*be in
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    if context not in counts:
        return 1 / vocabulary_size
    return (counts[context][token] + alpha) / (sum(counts[context].values()) + alpha * vocabulary_size)
