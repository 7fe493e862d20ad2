# exercise: bert_tokenize
# expect: wrong
# meant: throws away all that is not ASCII to get rid of the accents
# about: ascii|encode|only (the )?(accents|Mn)|non-?english|other (scripts|letters|languages)|thrown away|chinese|cyrillic|\bMn\b
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    text = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    text = re.sub(r"[\x00-\x08\x0e-\x1b\x7f]", "", text)
    words = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9\s]", text)
    return [piece for word in words for piece in wordpiece(word, vocab)]
