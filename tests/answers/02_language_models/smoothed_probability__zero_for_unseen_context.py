# exercise: smoothed_probability
# expect: wrong
# meant: returns 0 after an unseen context
# about: unseen context|new context|unknown context|context.*(not|never|unseen|missing|absent|unknown)|1 ?/ ?\|?V|uniform|evenly|all alike
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    if context not in counts:
        return 0.0
    row = counts[context]
    return (row.get(token, 0) + alpha) / (sum(row.values()) + alpha * vocabulary_size)
