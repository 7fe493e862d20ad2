# exercise: clean_text
# expect: wrong
# meant: only runs of the plain blank are collapsed; tabs, line breaks and no-break spaces stay
# about: line break|newline|tab\b|tabs\b|no-break|non-break|nbsp|white ?space|other (kinds? of )?spaces?|\\n|\\t|\\xa0|str\.split|\.split\(\)
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text))
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")
