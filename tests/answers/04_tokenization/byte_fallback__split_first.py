# exercise: byte_fallback
# expect: wrong
# meant: splits at white space first and loses the spaces
# about: white ?space|spaces?\b|split
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens = []
    for word in text.split():
        for c in word:
            if c in vocab:
                tokens.append(c)
            else:
                for b in c.encode("utf-8"):
                    tokens.append(f"<0x{b:02X}>")
    return tokens
