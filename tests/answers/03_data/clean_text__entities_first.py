# exercise: clean_text
# expect: wrong
# meant: entities are decoded before the tags are removed, so that text meant to be read is taken for a tag
# about: entit.*(before|first|early|too soon)|(before|first).*entit|tags? (first|before)|order of the (first two )?steps|wrong order|&lt;|decoded? .*(before|first)|after the tags
def clean_text(text: str) -> str:
    text = html.unescape(text)
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    return " ".join(unicodedata.normalize("NFC", text).split())
