# exercise: bpe_decode
# expect: wrong
# meant: errors="ignore" drops bytes instead of putting U+FFFD
# about: ignore|FFFD|�|replace|drop|left out|vanish|silently|invalid
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return b"".join(spelling[i] for i in ids).decode("utf-8", errors="ignore")
