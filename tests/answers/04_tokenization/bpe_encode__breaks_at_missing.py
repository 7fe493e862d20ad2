# exercise: bpe_encode
# expect: wrong
# meant: stops at the first merge that the word does not hold
# about: stop|break|does not (hold|contain|occur)|skip|go(es)? on|continue|later merges|missing|not in (the|this) word|give(s)? up
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        for i, pair in enumerate(merges):
            if pair not in zip(tokens, tokens[1:]):
                break
            tokens = merge_pair(tokens, pair, 256 + i)
        ids.extend(tokens)
    return ids
