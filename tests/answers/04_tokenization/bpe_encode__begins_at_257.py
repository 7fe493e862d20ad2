# exercise: bpe_encode
# expect: wrong
# meant: enumerates from 1, so the tokens are one too high
# about: 256|257|one too (high|large)|off by one|enumerate|number(ed|ing)? (from|of)|merges\[0\]|first merge
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        for i, pair in enumerate(merges, start=1):
            tokens = merge_pair(tokens, pair, 256 + i)
        ids.extend(tokens)
    return ids
