# exercise: bpe_decode
# expect: wrong
# meant: token 256 is taken for a byte: > instead of >=, and merges[i - 257]
# about: 256|257|first merge|off by one|merges\[0\]|one too|wrong merge|neighbouring merge|shifted
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    stack = list(reversed(ids))
    raw = []
    while stack:
        t = stack.pop()
        if t > 256:
            left, right = merges[t - 257]
            stack += [right, left]
        else:
            raw.append(t % 256)
    return bytes(raw).decode("utf-8", errors="replace")
