# exercise: bpe_encode
# expect: wrong
# meant: merges the leftmost pair that is known, whichever was learned first
# about: leftmost|learned (first|order|earli)|order|first learned|left to right|earliest|rank|lowest
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = {pair: i for i, pair in enumerate(merges)}
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        i = 0
        while i < len(tokens) - 1:
            pair = (tokens[i], tokens[i + 1])
            if pair in rank:
                tokens[i : i + 2] = [256 + rank[pair]]
                i = 0
            else:
                i += 1
        ids += tokens
    return ids
