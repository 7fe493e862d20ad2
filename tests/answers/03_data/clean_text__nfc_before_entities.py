# exercise: clean_text
# expect: wrong
# meant: normalises before the entities are decoded, so that e&#769; stays decomposed
# about: (NFC|normal).*(before|after|first|too early|last)|(before|after).*(NFC|normal)|decomposed|combining|&#769|&#x301|entity.*accent|accent.*entit|order
def clean_text(text: str) -> str:
    text = unicodedata.normalize("NFC", text)  # always normalise at the entrance
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    return " ".join(text.split())
