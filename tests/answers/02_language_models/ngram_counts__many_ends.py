# exercise: ngram_counts
# expect: wrong
# meant: n - 1 times "</s>" as well, by symmetry with the start
# about: </s>|end (symbol|token)|one end|once|symmetr|too many
def ngram_counts(sentences, n):
    k = max(n - 1, 1)
    counts = {}
    for sentence in sentences:
        padded = ["<s>"] * (n - 1) + sentence + ["</s>"] * k
        for i in range(n - 1, len(padded)):
            c = tuple(padded[i - n + 1 : i])
            if c not in counts:
                counts[c] = Counter()
            counts[c][padded[i]] += 1
    return counts
