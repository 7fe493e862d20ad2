# exercise: clean_text
# expect: wrong
# meant: everything between < and > is taken for a tag, also "3 < 5 and 6 > 2"
# about: begins? no tag|no tag|not a tag|followed by a letter|directly followed|letter (right )?after|less[- ]than|comparison|`?<`? (that|which|followed|and|sign|alone)|lone|arrow|<3|every `?<|any `?<|\ba letter\b
TAG = re.compile(r"<[^>]+>")


def clean_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", html.unescape(TAG.sub(" ", text))).split())
