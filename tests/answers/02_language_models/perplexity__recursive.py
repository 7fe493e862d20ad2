# exercise: perplexity
# expect: wrong
# meant: recursion over the tokens: a book is deeper than Python's stack
# about: recurs|deep|stack|long|book
def perplexity(log_probs):
    flat = [x for s in log_probs for x in s]

    def total(i):
        if i == len(flat):
            return 0.0
        return flat[i] + total(i + 1)

    return math.exp(-total(0) / len(flat))
