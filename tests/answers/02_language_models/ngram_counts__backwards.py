# exercise: ngram_counts
# expect: wrong
# meant: builds the context walking backwards, nearest token first
# about: order|revers|backward|wrong way|nearest|turned round
def ngram_counts(sentences, n):
    counts = {}
    for s in sentences:
        for i in range(len(s) + 1):
            token = s[i] if i < len(s) else "</s>"
            context = []
            for j in range(1, n):
                context.append(s[i - j] if i - j >= 0 else "<s>")
            context = tuple(context)
            if context not in counts:
                counts[context] = {}
            if token not in counts[context]:
                counts[context][token] = 0
            counts[context][token] += 1
    return counts
