# exercise: perplexity
# expect: wrong
# meant: mean of the sentences' mean surprisals: short sentences weigh too much
# about: weigh|all tokens|each token|every token|mean of (the )?means|per sentence|sentence'?s|short sentence|equally|longer
def perplexity(log_probs):
    means = [sum(s) / len(s) for s in log_probs if s]
    return math.exp(-sum(means) / len(means))
