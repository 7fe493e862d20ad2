# exercise: clean_text
# expect: wrong
# meant: runs become one space, but one is left at the ends
# about: strip|either end|both ends|at the (start|end|beginning)|lead(ing)?\b|trail|ends? of the text|edges?\b|begins? or ends?
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\s+", " ", text)
