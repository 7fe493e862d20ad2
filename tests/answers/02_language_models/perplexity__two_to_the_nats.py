# exercise: perplexity
# expect: wrong
# meant: 2 to the cross-entropy, although the logarithms are natural
# about: natural|base|2 ?\*\*|power of (2|two)|bits|nats|e to the
def perplexity(log_probs):
    flat = [x for s in log_probs for x in s]
    h = -sum(flat) / len(flat)
    return 2**h
