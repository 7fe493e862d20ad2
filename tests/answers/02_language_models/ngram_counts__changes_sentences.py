# exercise: ngram_counts
# expect: wrong
# meant: inserts the frame into the caller's lists; the counts are right
# about: unchanged|chang|mutat|modif|in place|in-place|copy|argument|caller|your input|alter
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        for _ in range(n - 1):
            sentence.insert(0, "<s>")
        sentence.append("</s>")
        for i in range(n - 1, len(sentence)):
            counts[tuple(sentence[i - n + 1 : i])][sentence[i]] += 1
    return counts
