# exercise: bpe_encode
# expect: wrong
# meant: ord of the characters, not UTF-8 bytes
# about: UTF-?8|bytes?\b|code points?|\bord\b|ascii
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = []
    for word in split_words(text):
        tokens = [ord(c) for c in word]
        for i, pair in enumerate(merges):
            tokens = merge_pair(tokens, pair, 256 + i)
        ids += tokens
    return ids
