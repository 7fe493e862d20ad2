# exercise: clean_text
# expect: wrong
# meant: a tag is replaced by nothing, so that the words beside it grow together
# about: becomes? a space|by a space|with a space|space (in|for|instead|where)|empty string|glue|grow together|stick together|run together|join|words? .*(together|merge|fuse)|removed without|nothing in (its|their) place
def clean_text(text: str) -> str:
    text = re.sub("</?[a-zA-Z][^>]*>", "", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())
