# exercise: byte_fallback
# expect: wrong
# meant: formats the digits with x instead of X: small letters
# about: capital|upper.?case|lower.?case|small letters|\bX\b|02X|A.?[–-].?F
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens = []
    for ch in text:
        if ch in vocab:
            tokens.append(ch)
        else:
            for b in ch.encode("utf-8"):
                tokens.append(f"<0x{b:02x}>")
    return tokens
