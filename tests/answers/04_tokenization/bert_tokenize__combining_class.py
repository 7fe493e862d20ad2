# exercise: bert_tokenize
# expect: wrong
# meant: drops by unicodedata.combining, which is 0 for many Mn characters
# about: \bMn\b|combining\(|combining class|categor|hindi|vowel
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    words, word = [], ""
    for c in text + " ":
        cat = unicodedata.category(c)
        if c.isspace():
            words.append(word)
            word = ""
        elif cat[0] == "C" or c == "\ufffd":
            continue
        elif cat[0] == "P" or c in "$+<=>^`|~" or 0x4E00 <= ord(c) <= 0x9FFF:
            words += [word, c]
            word = ""
        else:
            word += c
    return [p for w in words if w for p in wordpiece(w, vocab)]
