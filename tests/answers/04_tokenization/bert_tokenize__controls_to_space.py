# exercise: bert_tokenize
# expect: wrong
# meant: puts a space for control characters: the word falls apart
# about: \bgap|control|invisible|vanish|200B|FFFD|space (for|in place|instead)|C…
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in unicodedata.normalize("NFD", text.lower()):
        cat = unicodedata.category(c)
        if cat == "Mn":
            continue
        if c.isspace() or cat[0] == "C" or c == "\ufffd":
            out += " "
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
