# exercise: ngram_counts
# expect: right
# meant: from this many shifted copies, zipped
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = (*["<s>"] * (n - 1), *sentence, "</s>")
        for gram in zip(*(framed[k:] for k in range(n))):
            counts[gram[:-1]][gram[-1]] += 1
    return counts
