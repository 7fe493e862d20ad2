# exercise: bpe_encode
# expect: right
# meant: one place at a time, the lowest rank and then the leftmost, tuple returned
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = dict(zip(map(tuple, merges), range(len(merges))))
    never = len(merges)
    ids = ()
    for word in split_words(text):
        t = tuple(word.encode("utf-8"))
        while len(t) > 1:
            r, k = min((rank.get(t[k : k + 2], never), k) for k in range(len(t) - 1))
            if r == never:
                break
            t = (*t[:k], 256 + r, *t[k + 2 :])
        ids += t
    return ids
