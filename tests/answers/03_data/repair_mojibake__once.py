# exercise: repair_mojibake
# expect: wrong
# meant: undoes one misreading only; a text misread twice stays mojibake
# about: twice|again|repeat|more than once|two times|double|several times|\bonce\b|only one (round|time|pass)|second (time|round|pass)|loop|until
def repair_mojibake(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
