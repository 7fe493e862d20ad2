# exercise: byte_fallback
# expect: wrong
# meant: keeps every ASCII character, also if the vocabulary lacks it
# about: ascii|127|128|not in (the )?vocab|vocabulary (decides|does not|lacks)|plain (letter|character)
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    out = []
    for c in text:
        if ord(c) < 128 or c in vocab:
            out.append(c)
        else:
            out += [f"<0x{b:02X}>" for b in c.encode("utf-8")]
    return out
