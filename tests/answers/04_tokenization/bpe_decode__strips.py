# exercise: bpe_decode
# expect: wrong
# meant: tidies up the text with strip: white space at its ends is lost
# about: strip|white ?space|spaces?\b|ends? of the text|beginning
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return b"".join(spelling[i] for i in ids).decode("utf-8", "replace").strip()
