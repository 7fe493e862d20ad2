# exercise: ngram_counts
# expect: wrong
# meant: takes n tokens as context, not n - 1
# about: n ?[-−] ?1|length of (the|each|a|every) context|too long|one too many|context.*(long|length)|off by one
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] * n + sentence + ["</s>"]
        for i in range(n, len(framed)):
            counts[tuple(framed[i - n : i])][framed[i]] += 1
    return counts
