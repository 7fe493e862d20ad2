# exercise: bert_tokenize
# expect: wrong
# meant: drops only category Cc: U+200B, soft hyphens, joiners (Cf) stay
# about: \bCc\b|\bCf\b|200B|any category|C…|begins? with C|format|invisible|zero.?width|joiner|soft hyphen
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in unicodedata.normalize("NFD", text.lower()):
        cat = unicodedata.category(c)
        if cat == "Mn":
            continue
        if c.isspace():
            out += " "
        elif cat == "Cc" or c == "\ufffd":
            continue
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
