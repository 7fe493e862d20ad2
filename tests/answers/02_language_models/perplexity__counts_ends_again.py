# exercise: perplexity
# expect: wrong
# meant: adds one to N for the end of each sentence, which is among the tokens already
# about: N\b|number of tokens|end|already|too many|plus one|\+ ?1|one more|extra|divid|</s>
def perplexity(log_probs):
    total, n = 0.0, 0
    for s in log_probs:
        total += sum(s)
        n += len(s) + 1  # the end of the sentence
    return math.exp(-total / n)
