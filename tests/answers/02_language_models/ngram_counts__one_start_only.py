# exercise: ngram_counts
# expect: wrong
# meant: puts a single "<s>" in front whatever n is (right for bigrams only)
# about: n ?[-−] ?1|how many.*<s>|number of.*(<s>|start)|one <s>|single|trigram|n ?= ?3|only (one|once)|start symbol|depends on n
def ngram_counts(sentences, n):
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] + sentence + ["</s>"]
        for i in range(n - 1, len(framed)):
            if framed[i] != "<s>":
                counts[tuple(framed[i - n + 1 : i])][framed[i]] += 1
    return counts
