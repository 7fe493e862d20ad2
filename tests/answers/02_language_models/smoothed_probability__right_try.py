# exercise: smoothed_probability
# expect: right
# meant: asks for forgiveness, not for permission
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    c = dict(counts[context]) if context in counts else {}
    try:
        hit = c[token]
    except KeyError:
        hit = 0
    return torch.tensor((hit + alpha) / (math.fsum(c.values()) + alpha * vocabulary_size), dtype=torch.float64)
