# exercise: ngram_counts
# expect: wrong
# meant: a set of the sentence's n-grams: a pair that occurs twice in one sentence counts once
# about: twice|repeat|more than once|several times|each occurrence|every occurrence|each time|every time|duplicate|\ba set\b
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]
        grams = set(zip(*(framed[k:] for k in range(n))))
        for *context, token in grams:
            counts[tuple(context)][token] += 1
    return counts
