# exercise: bpe_decode
# expect: wrong
# meant: gives bytes, not a text
# about: \bbytes\b|\bstr\b|string|decode|type
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return b"".join(spelling[i] for i in ids)
