# exercise: count_pairs
# expect: wrong
# meant: glues all words to one long row and counts pairs over the borders
# about: across|border|boundar|between words|one word and the next|next word|join|glue|concatenat|different words
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    stream = []
    for word, n in words.items():
        stream.extend(list(word) * n)
    return dict(Counter(zip(stream, stream[1:])))
