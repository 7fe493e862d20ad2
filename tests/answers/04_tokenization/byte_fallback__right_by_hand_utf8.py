# exercise: byte_fallback
# expect: right
# meant: UTF-8 written out with shifts and masks, as a C programmer would
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    DIGITS = "0123456789ABCDEF"
    out = []
    for c in text:
        if c in vocab:
            out.append(c)
            continue
        n = ord(c)
        if n < 0x80:
            bs = [n]
        elif n < 0x800:
            bs = [0xC0 | n >> 6, 0x80 | n & 0x3F]
        elif n < 0x10000:
            bs = [0xE0 | n >> 12, 0x80 | n >> 6 & 0x3F, 0x80 | n & 0x3F]
        else:
            bs = [0xF0 | n >> 18, 0x80 | n >> 12 & 0x3F, 0x80 | n >> 6 & 0x3F, 0x80 | n & 0x3F]
        for b in bs:
            out.append("<0x" + DIGITS[b // 16] + DIGITS[b % 16] + ">")
    return out
