# exercise: ngram_counts
# expect: wrong
# meant: for n = 2 the key is the bare word, not a 1-tuple: (x) is no tuple
# about: tuple|bare|string|str\b|comma|n ?= ?2|bigram|type of the (key|context)
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]
        for i in range(n - 1, len(framed)):
            if n == 2:
                context = (framed[i - 1])
            else:
                context = tuple(framed[i - n + 1 : i])
            counts[context][framed[i]] += 1
    return counts
