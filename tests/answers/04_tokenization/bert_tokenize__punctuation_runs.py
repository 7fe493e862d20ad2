# exercise: bert_tokenize
# expect: wrong
# meant: keeps runs of punctuation such as ... or ?! together
# about: each (character|sign|one)|\.\.\.|run|row of|several (signs|punctuation)|together|single|alone|\?!|consecutive|one by one|every (one|character|sign)
from itertools import groupby

def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    def kind(c):
        if c.isspace():
            return "space"
        if unicodedata.category(c)[0] == "P" or c in "$+<=>^`|~":
            return "punct"
        return ord(c) if "\u4e00" <= c <= "\u9fff" else "word"

    text = unicodedata.normalize("NFD", text.lower())
    text = [c for c in text if unicodedata.category(c) != "Mn"]
    text = [c for c in text if c.isspace() or (unicodedata.category(c)[0] != "C" and c != "\ufffd")]
    words = []
    for k, group in groupby(text, kind):
        if k == "space":
            continue
        chars = list(group)
        words += chars if isinstance(k, int) else ["".join(chars)]
    return [p for w in words for p in wordpiece(w, vocab)]
