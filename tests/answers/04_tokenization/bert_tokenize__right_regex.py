# exercise: bert_tokenize
# expect: right
# meant: builds one regular expression from the categories of the text's own characters
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower())
    kinds = {c: unicodedata.category(c) for c in set(text)}
    gone = {c for c, k in kinds.items() if k == "Mn" or (not c.isspace() and (k[0] == "C" or c == "\ufffd"))}
    alone = {c for c, k in kinds.items() if k[0] == "P" or c in set("$+<=>^`|~") or re.match("[\u4e00-\u9fff]", c)}
    table = {ord(c): None for c in gone}
    table |= {ord(c): f" {c} " for c in alone}
    table |= {ord(c): " " for c in kinds if c.isspace()}
    return [piece for word in text.translate(table).split(" ") if word for piece in wordpiece(word, vocab)]
