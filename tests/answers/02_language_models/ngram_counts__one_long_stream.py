# exercise: ngram_counts
# expect: wrong
# meant: joins all sentences into one stream, the contexts reach across sentence borders
# about: stands for itself|across|border|boundar|previous sentence|sentence before|each sentence|every sentence|joined|one (long )?(text|stream|list)|separate
def ngram_counts(sentences, n):
    stream = ["<s>"] * (n - 1)
    for sentence in sentences:
        stream.extend(sentence)
        stream.append("</s>")
    counts = defaultdict(Counter)
    for i in range(n - 1, len(stream)):
        counts[tuple(stream[i - n + 1 : i])][stream[i]] += 1
    return dict(counts)
