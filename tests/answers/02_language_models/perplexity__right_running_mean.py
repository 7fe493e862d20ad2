# exercise: perplexity
# expect: right
# meant: a running mean, one token at a time
def perplexity(log_probs):
    mean, n = 0.0, 0
    for sentence in log_probs:
        for value in sentence:
            if value == float("-inf"):
                return float("inf")
            n += 1
            mean += (-value - mean) / n
    try:
        return math.exp(mean)
    except OverflowError:
        return math.inf
