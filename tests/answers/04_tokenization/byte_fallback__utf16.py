# exercise: byte_fallback
# expect: wrong
# meant: encodes as UTF-16, as in Windows and Java
# about: UTF-?16|UTF-?8|encoding
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens: list[str] = []
    for c in text:
        if c in vocab:
            tokens += [c]
        else:
            tokens += ["<0x{:02X}>".format(b) for b in c.encode("utf-16-be")]
    return tokens
