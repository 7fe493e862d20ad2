# exercise: perplexity
# expect: wrong
# meant: returns H, without the exponential
# about: exp|e to the|e\^|cross-entropy|logarithm of the perplexity
def perplexity(log_probs):
    total = -sum(sum(s) for s in log_probs)
    n = sum(len(s) for s in log_probs)
    return total / n
