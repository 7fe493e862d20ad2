# exercise: clean_text
# expect: wrong
# meant: uses NFKC, which replaces compatible characters: x² becomes x2
# about: NFKC|compatib|K form|form K?C|½|²|superscript|ligature|normal form|ﬁ|fraction|™
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFKC", html.unescape(text))
    return re.sub(r"\s+", " ", text).strip()
