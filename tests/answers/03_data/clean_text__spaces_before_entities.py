# exercise: clean_text
# expect: wrong
# meant: white space is collapsed before entities are decoded: a &nbsp; stays as a no-break space
# about: nbsp|no-break|non-break|(white ?)?spaces?.*(before|after|last|end|too early|entit)|entit.*(white )?spaces?|&#160|\\xa0|&#10
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = " ".join(text.split())
    return unicodedata.normalize("NFC", html.unescape(text))
