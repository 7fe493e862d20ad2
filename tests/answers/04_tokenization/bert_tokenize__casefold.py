# exercise: bert_tokenize
# expect: wrong
# meant: casefold instead of lower: ß becomes ss
# about: casefold|ß|lower
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    clean = []
    for c in unicodedata.normalize("NFD", text.casefold()):
        k = unicodedata.category(c)
        if c.isspace():
            clean.append(" ")
        elif k == "Mn" or k.startswith("C") or c == "\ufffd":
            pass
        elif k.startswith("P") or c in "$+<=>^`|~" or 0x4E00 <= ord(c) <= 0x9FFF:
            clean.extend([" ", c, " "])
        else:
            clean.append(c)
    return [p for w in "".join(clean).split() for p in wordpiece(w, vocab)]
