# exercise: byte_fallback
# expect: wrong
# meant: append instead of extend: lists inside the list
# about: nested|list (in|inside|within)|flat|extend|inner list|lists? of lists
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens = []
    for c in text:
        tokens.append(c if c in vocab else [f"<0x{b:02X}>" for b in c.encode("utf-8")])
    return tokens
