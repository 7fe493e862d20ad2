# exercise: bert_tokenize
# expect: wrong
# meant: treats all symbols (S…) as punctuation: £, ©, emoji stand alone, too
# about: £|€|©|symbol|categor(y|ies)( that begins?)?( with)? S|\bSc\b|\bSo\b|emoji|only (the )?nine|nine
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in unicodedata.normalize("NFD", text.lower()):
        cat = unicodedata.category(c)
        if cat == "Mn":
            continue
        if c.isspace():
            out += " "
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif cat[0] in "PS" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
