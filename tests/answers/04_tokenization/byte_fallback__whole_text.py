# exercise: byte_fallback
# expect: wrong
# meant: as soon as one character is missing the whole text is spelled with bytes
# about: whole text|all characters|every character|each character|known characters|in the vocabulary (stay|remain|are)|only (those|the|unknown|missing)
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    # early return if the vocabulary is enough
    if all(c in vocab for c in text):
        return list(text)
    return [f"<0x{b:02X}>" for b in text.encode("utf-8")]
