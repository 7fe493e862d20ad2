# exercise: bpe_decode
# expect: right
# meant: an explicit stack, and a bytearray
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    raw = bytearray()
    stack = [*ids][::-1]
    while stack:
        t = stack.pop()
        if t >= 256:
            stack.extend(merges[t - 256][::-1])
            continue
        raw.append(t)
    return raw.decode(errors="replace")
