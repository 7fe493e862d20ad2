# exercise: perplexity
# expect: wrong
# meant: divides by the number of sentences
# about: number of (tokens|sentences)|per token|divid|count\w* (the )?(tokens|sentences)|\bN\b|len\(
def perplexity(log_probs):
    total = 0
    for s in log_probs:
        total += sum(s)
    mean = total / len(log_probs)
    return math.exp(-mean) if mean > -700 else math.inf
