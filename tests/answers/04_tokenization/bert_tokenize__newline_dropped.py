# exercise: bert_tokenize
# expect: wrong
# meant: drops all of C before looking for white space: line breaks and tabs glue words together
# about: line breaks?|newline|\\n|tabs?\b|white ?space (such|like|is|first|before|character)|isspace|except for white|glue
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    text = "".join(c for c in text if not unicodedata.category(c).startswith("C") and c != "\ufffd")
    out = ""
    for c in text:
        if unicodedata.category(c)[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
