# exercise: bpe_decode
# expect: wrong
# meant: unpacks a merge once; tokens of earlier merges inside it are not unpacked
# about: earlier merges|nested|recursi|one level|again|only once|inside (a|another|the)|further|deeper|hold tokens|down to|merges? of merges?|range\(0, 256\)
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    out = []
    for i in ids:
        if i < 256:
            out.append(i)
        else:
            left, right = merges[i - 256]
            out += [left, right]
    return bytes(out).decode("utf-8", errors="replace")
