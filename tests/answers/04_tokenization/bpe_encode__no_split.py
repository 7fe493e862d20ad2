# exercise: bpe_encode
# expect: wrong
# meant: does not cut the text into words: merges go over the borders
# about: split_words|across|border|boundar|cut (in|by|first)|between words|inside (a )?words?|within (a )?words?|pre-?token
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = list(text.encode("utf-8"))
    for i, pair in enumerate(merges):
        ids = merge_pair(ids, pair, 256 + i)
    return ids
