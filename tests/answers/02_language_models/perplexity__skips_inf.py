# exercise: perplexity
# expect: wrong
# meant: leaves impossible tokens out, to avoid trouble
# about: inf|probability (of )?(0|zero)|impossible|left out|skip|ignor|drop
def perplexity(log_probs):
    flat = [x for s in log_probs for x in s if x != -math.inf]
    if not flat:
        return math.inf
    return math.exp(-sum(flat) / len(flat))
