# exercise: ngram_counts
# expect: wrong
# meant: lowers the tokens first
# about: lower|case|capital|as they are written|as written|upper
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = (n - 1) * ["<s>"] + [w.lower() for w in sentence] + ["</s>"]
        for i in range(n - 1, len(framed)):
            counts[tuple(framed[i - n + 1 : i])][framed[i]] += 1
    return counts
