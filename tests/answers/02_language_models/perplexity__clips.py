# exercise: perplexity
# expect: wrong
# meant: clips log-probabilities at -100 so that nothing becomes infinite
# about: inf|clip|clamp|probability (of )?(0|zero)|impossible|replac|limit
def perplexity(log_probs):
    flat = [max(x, -100.0) for s in log_probs for x in s]
    return math.exp(-sum(flat) / len(flat))
