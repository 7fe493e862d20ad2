# exercise: bpe_decode
# expect: right
# meant: undoes the merges from the last to the first
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    tokens = list(ids)
    for i in range(len(merges) - 1, -1, -1):
        tokens = [x for t in tokens for x in (merges[i] if t == 256 + i else (t,))]
    return str(bytes(tokens), "utf-8", "replace")
