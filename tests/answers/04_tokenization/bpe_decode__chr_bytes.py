# exercise: bpe_decode
# expect: wrong
# meant: chr of each byte (Latin-1) instead of UTF-8
# about: UTF-?8|latin|\bchr\b|code point|byte (by|for) byte|each byte|several bytes|multi-?byte|Ã
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    text = [chr(b) for b in range(256)]
    for left, right in merges:
        text.append(text[left] + text[right])
    return "".join(text[i] for i in ids)
