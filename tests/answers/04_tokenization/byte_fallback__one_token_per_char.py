# exercise: byte_fallback
# expect: wrong
# meant: all bytes of a character in a single token
# about: one token (a|per|for each|for every) byte|each byte|every byte|single token|own token|several tokens|one token for (a|the) (whole )?character|separate
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    out = []
    for c in text:
        if c in vocab:
            out.append(c)
        else:
            out.append("<0x" + c.encode("utf-8").hex().upper() + ">")
    return out
