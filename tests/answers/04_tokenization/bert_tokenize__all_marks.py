# exercise: bert_tokenize
# expect: wrong
# meant: drops all categories M…, also spacing marks (Mc) such as Hindi vowels
# about: \bMn\b|\bMc\b|\bMe\b|M…|only (the )?(category )?Mn|spacing|hindi|categor(y|ies)( that begins?)?( with)? M|vowel|all marks
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in unicodedata.normalize("NFD", text.lower()):
        cat = unicodedata.category(c)
        if cat[0] == "M":
            continue
        if c.isspace():
            out += " "
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
