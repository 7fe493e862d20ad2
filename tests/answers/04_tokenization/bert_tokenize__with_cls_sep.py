# exercise: bert_tokenize
# expect: wrong
# meant: puts [CLS] and [SEP] round the tokens
# about: \[?CLS|\[?SEP|special tokens?
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
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return ["[CLS]"] + [p for w in out.split() for p in wordpiece(w, vocab)] + ["[SEP]"]
