# exercise: byte_fallback
# expect: right
# meant: slices of bytes.hex, returned as a tuple
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    def spell(c):
        if c in vocab:
            yield c
            return
        digits = c.encode("utf-8").hex().upper()
        for k in range(0, len(digits), 2):
            yield "<0x" + digits[k] + digits[k + 1] + ">"

    return tuple(token for c in text for token in spell(c))
