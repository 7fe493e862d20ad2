# exercise: bpe_decode
# expect: wrong
# meant: the stack turns the two halves of a pair round
# about: order|left|swapp|revers|right (half|part|one|token) (before|first)|wrong way|backwards|halves|turned
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    raw = []
    for t in ids:
        stack = [t]
        while stack:
            x = stack.pop()
            if x < 256:
                raw.append(x)
            else:
                stack.append(merges[x - 256][0])
                stack.append(merges[x - 256][1])
    return bytes(raw).decode("utf-8", errors="replace")
