# exercise: ngram_counts
# expect: wrong
# meant: keeps a history and takes history[-(n - 1):]; for n = 1 that is history[0:], everything
# about: n ?= ?1|unigram|empty tuple|\(\)|\[-0|-0|minus zero|slice
def ngram_counts(sentences, n):
    counts = {}
    for sentence in sentences:
        history = ["<s>"] * (n - 1)
        for token in sentence + ["</s>"]:
            context = tuple(history[-(n - 1):])
            counts.setdefault(context, Counter())[token] += 1
            history.append(token)
    return counts
