# exercise: bpe_encode
# expect: wrong
# meant: takes the pair that is most frequent in the text, as in training
# about: most (often|frequent)|frequen|count|training|learned (first|order|earli)|order|rank
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = {pair: i for i, pair in enumerate(merges)}
    out = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        while True:
            counts = count_pairs({tuple(tokens): 1})
            counts = {p: c for p, c in counts.items() if p in rank}
            if not counts:
                break
            best = min(counts, key=lambda p: (-counts[p], p))
            tokens = merge_pair(tokens, best, 256 + rank[best])
        out += tokens
    return out
