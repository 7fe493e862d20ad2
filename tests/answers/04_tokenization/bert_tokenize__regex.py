# exercise: bert_tokenize
# expect: wrong
# meant: cuts with \w+|[^\w\s]: underscore and pound sign go wrong
# about: underscore|_|£|\\w|regular expression|regex|categor|signs? (such as|like)|symbol|nine
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    text = "".join(c for c in text if c.isspace() or not (unicodedata.category(c)[0] == "C" or c == "\ufffd"))
    text = re.sub("([\u4e00-\u9fff])", r" \1 ", text)
    return [p for w in re.findall(r"\w+|[^\w\s]", text) for p in wordpiece(w, vocab)]
