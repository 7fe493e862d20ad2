# exercise: bpe_decode
# expect: wrong
# meant: strict decoding fails where the bytes are no UTF-8
# about: UnicodeDecodeError|strict|errors|fail|replace|FFFD|�|no UTF-?8|not (valid )?UTF-?8|invalid
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = {b: bytes([b]) for b in range(256)}
    for i, (left, right) in enumerate(merges):
        spelling[256 + i] = spelling[left] + spelling[right]
    return b"".join(spelling[i] for i in ids).decode("utf-8")
