# exercise: clean_text
# expect: wrong
# meant: the pattern for tags knows small letters only: <BR> stays
# about: capital|upper|<BR|<P>|small (and|or)|case\b|A-Z|A to Z
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-z][^>]*>", " ", text)
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())
