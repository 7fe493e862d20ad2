# exercise: ngram_counts
# expect: wrong
# meant: fills in a zero for every word of the vocabulary after every context
# about: only what occurs|zero|count(s|ed)? (of )?0\b|never (occur|follow)|(not|n.t) (occur|follow)|not in the text|whole vocabulary|every word of
def ngram_counts(sentences, n):
    vocab = {w for s in sentences for w in s} | {"</s>"}
    counts = {}
    for s in sentences:
        framed = ["<s>"] * (n - 1) + s + ["</s>"]
        for i in range(n - 1, len(framed)):
            c = tuple(framed[i - n + 1 : i])
            if c not in counts:
                counts[c] = {w: 0 for w in vocab}
            counts[c][framed[i]] += 1
    return counts
