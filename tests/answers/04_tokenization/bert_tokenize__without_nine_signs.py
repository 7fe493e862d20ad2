# exercise: bert_tokenize
# expect: wrong
# meant: only categories P…; $ + < = > ^ ` and others stay in the word
# about: nine|\$|\^|`|~|ASCII sign|symbol|categor(y|ies) S|dollar|plus
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower())
    out = []
    for c in text:
        cat = unicodedata.category(c)
        if cat == "Mn":
            continue
        if c.isspace():
            out.append(" ")
        elif cat.startswith("C") or c == "\ufffd":
            pass
        elif cat.startswith("P") or 0x4E00 <= ord(c) <= 0x9FFF:
            out.append(" " + c + " ")
        else:
            out.append(c)
    return [p for w in "".join(out).split() for p in wordpiece(w, vocab)]
