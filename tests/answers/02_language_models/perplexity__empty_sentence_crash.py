# exercise: perplexity
# expect: wrong
# meant: weights sentence means properly but divides by the length of an empty sentence
# about: empty|no tokens|without (any )?tokens|ZeroDivision|divi\w* by (zero|0)|length 0
def perplexity(log_probs):
    n = sum(map(len, log_probs))
    h = 0.0
    for s in log_probs:
        h += -(sum(s) / len(s)) * len(s) / n
    return math.exp(h)
