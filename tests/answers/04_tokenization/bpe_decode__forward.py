# exercise: bpe_decode
# expect: wrong
# meant: undoes the merges in the order of learning: what is nested stays
# about: order|revers|last (merge )?first|backwards|from the (end|last)|earlier merges|nested|inside|again|recursi|latest
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    tokens = list(ids)
    for i, (left, right) in enumerate(merges):
        new = []
        for t in tokens:
            if t == 256 + i:
                new += [left, right]
            else:
                new.append(t)
        tokens = new
    return bytes(t for t in tokens if t < 256).decode("utf-8", errors="replace")
