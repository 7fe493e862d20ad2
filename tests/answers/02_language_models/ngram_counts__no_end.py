# exercise: ngram_counts
# expect: wrong
# meant: forgets "</s>"
# about: </s>|end (symbol|token|of (the|each|a|every) sentence)|ending|behind
def ngram_counts(sentences, n):
    result = {}
    for sent in sentences:
        padded = ["<s>"] * (n - 1) + list(sent)
        for t in range(n - 1, len(padded)):
            followers = result.setdefault(tuple(padded[t - n + 1 : t]), {})
            followers[padded[t]] = followers.get(padded[t], 0) + 1
    return result
