# exercise: ngram_counts
# expect: wrong
# meant: leaves empty sentences out
# about: empty|no (words|tokens)|without (words|tokens)|leaves its|\[\]
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        if not sentence:
            continue
        framed = (n - 1) * ["<s>"] + sentence + ["</s>"]
        for i, token in enumerate(framed[n - 1 :]):
            counts[tuple(framed[i : i + n - 1])][token] += 1
    return counts
