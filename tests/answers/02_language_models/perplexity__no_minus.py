# exercise: perplexity
# expect: wrong
# meant: the minus is missing: the inverse of the perplexity
# about: minus|sign|negat|inverse|reciprocal|less than (1|one)|below (1|one)|smaller than (1|one)
def perplexity(log_probs):
    flat = [x for s in log_probs for x in s]
    return math.exp(sum(flat) / len(flat))
