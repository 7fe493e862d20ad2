# exercise: bpe_encode
# expect: wrong
# meant: one list for each word
# about: flat|nested|lists? of lists|list (in|inside|within|for each|per)|extend|one after the other|inner
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    result = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        for i, pair in enumerate(merges):
            tokens = merge_pair(tokens, pair, 256 + i)
        result.append(tokens)
    return result
