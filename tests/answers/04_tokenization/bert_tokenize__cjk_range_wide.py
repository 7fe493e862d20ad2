# exercise: bert_tokenize
# expect: wrong
# meant: the range begins at U+3000: Japanese kana are separated as well
# about: 4E00|9FFF|3000|range|kana|hiragana|katakana|japanese|only chinese
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
        elif cat[0] == "P" or c in "$+<=>^`|~" or 0x3000 <= ord(c) <= 0x9FFF:
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
