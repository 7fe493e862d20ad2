# exercise: byte_fallback
# expect: wrong
# meant: hex(b).upper() makes a capital X, and no zero in front
# about: 0X|capital X|upper\(|small x|lower.?case x|prefix|the x\b
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    tokens = []
    for ch in text:
        if ch in vocab:
            tokens.append(ch)
        else:
            for b in bytes(ch, "utf8"):
                tokens.append("<" + hex(b).upper() + ">")
    return tokens
