# exercise: clean_text
# expect: wrong
# meant: also lowercases, as for a comparison
# about: capital|lower|upper|casefold|\bcase\b|letters? stay
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text).lower()
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())
