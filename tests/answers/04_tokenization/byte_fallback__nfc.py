# exercise: byte_fallback
# expect: wrong
# meant: normalizes to NFC first, so combining accents become other bytes
# about: NFC|NFD|normali[sz]|composed|combining|decomposed
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    out = []
    for c in text:
        out.extend([c] if c in vocab else [f"<0x{b:02X}>" for b in c.encode("utf-8")])
    return out
