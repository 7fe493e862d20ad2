# exercise: bpe_decode
# expect: wrong
# meant: one bad byte and the whole text becomes a single sign
# about: whole text|everything|all of (it|the text)|rest of the text|single|only (the|those|where)|good bytes|valid (part|bytes)|in their place|readable
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    raw = b"".join(spelling[i] for i in ids)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "\ufffd"
