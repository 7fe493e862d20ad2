# exercise: bert_tokenize
# expect: wrong
# meant: string.punctuation only: “ ” — … and others are not separated
# about: ascii|string\.punctuation|unicode|“|”|—|…|categor(y|ies)( that begins?)?( with)? P|curly|typographic|dash|other punctuation|quotation
import string

def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower())
    out = ""
    for c in text:
        cat = unicodedata.category(c)
        if cat == "Mn":
            continue
        if c.isspace():
            out += " "
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif c in string.punctuation or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    return [p for w in out.split() for p in wordpiece(w, vocab)]
