# exercise: bert_tokenize
# expect: wrong
# meant: forgets wordpiece and returns the words
# about: wordpiece|pieces?\b|sub-?words?|##|whole words
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
    return [w if w in vocab else "[UNK]" for w in out.split()]
