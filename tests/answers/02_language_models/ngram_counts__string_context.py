# exercise: ngram_counts
# expect: wrong
# meant: the context is a joined string, not a tuple
# about: tuple|string|str\b|type of the (key|context)|joined
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]
        for i in range(n - 1, len(framed)):
            context = " ".join(framed[i - n + 1 : i])
            counts[context][framed[i]] += 1
    return counts
