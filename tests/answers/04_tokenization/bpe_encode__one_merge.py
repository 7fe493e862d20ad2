# exercise: bpe_encode
# expect: wrong
# meant: makes only one merge in each word
# about: only one merge|one merge|as long as|until|repeat|again|loop|further|more merges|while|stops? (too early|after)|go(es)? on
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = {pair: i for i, pair in enumerate(merges)}
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        known = [p for p in zip(tokens, tokens[1:]) if p in rank]
        if known:
            best = min(known, key=rank.get)
            tokens = merge_pair(tokens, best, 256 + rank[best])
        ids.extend(tokens)
    return ids
