# exercise: ngram_counts
# expect: wrong
# meant: counts n-grams of the sentence with </s> only, no "<s>" in front, so the first tokens are lost
# about: <s>|start|begin|in front|front of|padding|first (word|token)
def ngram_counts(sentences, n):
    counts = {}
    for s in sentences:
        tokens = s + ["</s>"]
        for i in range(len(tokens) - n + 1):
            ctx = tuple(tokens[i : i + n - 1])
            w = tokens[i + n - 1]
            counts.setdefault(ctx, {})
            counts[ctx][w] = counts[ctx].get(w, 0) + 1
    return counts
