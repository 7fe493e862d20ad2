# exercise: ngram_counts
# expect: wrong
# meant: n times "<s>" instead of n - 1, so "<s>" itself is counted as a follower
# about: n ?[-−] ?1|one (<s> )?too many|too many|<s>.*(follow|counted|never)|never counted|counts? .?<s>
def ngram_counts(sentences: list[list[str]], n: int) -> dict[tuple[str, ...], dict[str, int]]:
    counts = defaultdict(lambda: defaultdict(int))
    for sentence in sentences:
        tokens = ["<s>"] * n + sentence + ["</s>"]
        for i in range(n - 1, len(tokens)):
            counts[tuple(tokens[i - n + 1 : i])][tokens[i]] += 1
    return counts
