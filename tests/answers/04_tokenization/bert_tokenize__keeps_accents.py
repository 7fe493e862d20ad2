# exercise: bert_tokenize
# expect: wrong
# meant: normalizes, but does not drop the accents
# about: accent|\bMn\b|\bmarks?\b|caf[eé]|combining|nonspacing
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in unicodedata.normalize("NFC", text.lower()):
        cat = unicodedata.category(c)
        if c.isspace():
            out += " "
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
