# exercise: byte_fallback
# expect: wrong
# meant: writes the byte as a decimal number behind 0x
# about: decimal|hexadecimal|base (10|16|ten|sixteen)|\bhex\b
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens = []
    for c in text:
        if c in vocab:
            tokens.append(c)
        else:
            for byte in c.encode("utf-8"):
                tokens.append(f"<0x{byte:02}>")
    return tokens
