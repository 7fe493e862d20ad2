# exercise: clean_text
# expect: wrong
# meant: decodes entities again and again until nothing changes: &amp;lt; becomes <
# about: \bonce\b|twice|again|repeat|more than one time|&amp;lt;|&amp;|loop|one pass|single pass|double
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    while html.unescape(text) != text:
        text = html.unescape(text)
    return " ".join(unicodedata.normalize("NFC", text).split())
