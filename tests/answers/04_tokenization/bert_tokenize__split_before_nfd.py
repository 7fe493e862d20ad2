# exercise: bert_tokenize
# expect: wrong
# meant: looks at punctuation before NFD: ≠ becomes = inside a word
# about: NFD.*(first|before)|before.*(NFD|normali[sz])|after.*(NFD|normali[sz])|order of|(first|then).*(NFD|normali[sz]|accent)|≠|(rule|step)s? (1|one)\b
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    out = ""
    for c in text.lower():
        cat = unicodedata.category(c)
        if c.isspace():
            out += " "
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif cat[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            out += f" {c} "
        else:
            out += c
    tokens = []
    for word in out.split():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
        if word:
            tokens += wordpiece(word, vocab)
    return tokens
