# exercise: byte_fallback
# expect: wrong
# meant: prints the code point with ord, not the UTF-8 bytes
# about: code point|\bord\b|UTF-?8|not (the|its) bytes
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    return [c if c in vocab else f"<0x{ord(c):02X}>" for c in text]
