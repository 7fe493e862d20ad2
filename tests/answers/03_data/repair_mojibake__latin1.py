# exercise: repair_mojibake
# expect: wrong
# meant: encodes in Latin-1 instead of Windows-1252, so that ’ and “ cannot be brought back
# about: latin|8859|cp1252|Windows-?1252|curly|quot|apostrophe|€|™|wrong encoding|another encoding|different encoding
def repair_mojibake(text: str) -> str:
    while True:
        try:
            fixed = text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
        if fixed == text:
            return text
        text = fixed
