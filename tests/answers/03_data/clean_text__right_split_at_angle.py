# exercise: clean_text
# expect: right
# meant: the pieces between the tags, collected with finditer
def clean_text(text: str) -> str:
    pieces = []
    pattern = re.compile(r"<(/?)([A-Za-z])([^>]*)>")
    position = 0
    for hit in pattern.finditer(text):
        pieces += [text[position : hit.start()], " "]
        position = hit.end()
    pieces.append(text[position:])
    return " ".join(unicodedata.normalize("NFC", html.unescape("".join(pieces))).split(None))
