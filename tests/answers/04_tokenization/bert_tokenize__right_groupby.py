# exercise: bert_tokenize
# expect: right
# meant: groupby with a running number for single characters, words cached
from itertools import count, groupby

def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    category = unicodedata.category
    numbers = count(1)
    memo = {}

    def group(c):
        if c.isspace():
            return -1
        if category(c)[0] == "P" or c in "$+<=>^`|~" or "\u4e00" <= c <= "\u9fff":
            return next(numbers)
        return 0

    def keep(c):
        k = category(c)
        return c.isspace() or not (k == "Mn" or k.startswith("C") or c == "\N{REPLACEMENT CHARACTER}")

    tokens = []
    for k, chars in groupby(filter(keep, unicodedata.normalize("NFD", text.lower())), key=group):
        if k >= 0:
            w = "".join(chars)
            if w not in memo:
                memo[w] = wordpiece(w, vocab)
            tokens += memo[w]
    return tokens
