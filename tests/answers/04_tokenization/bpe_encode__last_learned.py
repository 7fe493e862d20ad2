# exercise: bpe_encode
# expect: wrong
# meant: takes the pair that was learned last
# about: learned (first|last|order|earli)|order|first learned|latest|earliest|rank|max\b|highest|lowest|oldest
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = {pair: i for i, pair in enumerate(merges)}
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        while True:
            known = [rank[p] for p in zip(tokens, tokens[1:]) if p in rank]
            if not known:
                break
            best = max(known)
            tokens = merge_pair(tokens, merges[best], 256 + best)
        ids.extend(tokens)
    return ids
