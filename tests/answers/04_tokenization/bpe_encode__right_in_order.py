# exercise: bpe_encode
# expect: right
# meant: goes through all merges once, in order, with a cache of words
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    cache = {}

    def encode_word(word):
        if word not in cache:
            tokens = list(word.encode("utf-8"))
            for i, pair in enumerate(merges):
                if len(tokens) == 1:
                    break
                tokens = merge_pair(tokens, pair, 256 + i)
            cache[word] = tokens
        return cache[word]

    return [t for w in split_words(text) for t in encode_word(w)]
