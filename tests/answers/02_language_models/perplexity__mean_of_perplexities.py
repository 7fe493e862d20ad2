# exercise: perplexity
# expect: wrong
# meant: mean of the sentences' perplexities
# about: weigh|all tokens|each sentence|per sentence|mean of (the )?(sentence )?perplexit|average of|averag|before the exponential|after
def perplexity(log_probs):
    values = []
    for s in log_probs:
        if len(s) > 0:
            values.append(math.exp(-sum(s) / len(s)))
    return sum(values) / len(values)
