# exercise: perplexity
# expect: wrong
# meant: multiplies probabilities, which underflow on long texts
# about: underflow|product|multipl|smallest float|too small|rounded to (zero|0)|becomes (zero|0)|long
def perplexity(log_probs):
    prob, count = 1.0, 0
    for sentence in log_probs:
        for lp in sentence:
            prob *= math.exp(lp)
            count += 1
    if prob == 0:
        return math.inf
    return prob ** (-1 / count)
