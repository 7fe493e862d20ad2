# exercise: bpe_encode
# expect: wrong
# meant: text.split() loses the white space
# about: white ?space|spaces?\b|split_words|split\(|lossless|blank
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = []
    for word in text.split():
        tokens = list(word.encode("utf-8"))
        for i, pair in enumerate(merges):
            tokens = merge_pair(tokens, pair, 256 + i)
        ids.extend(tokens)
    return ids
