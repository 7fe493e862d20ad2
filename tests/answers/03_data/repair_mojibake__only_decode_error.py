# exercise: repair_mojibake
# expect: wrong
# meant: catches only UnicodeDecodeError; a character that Windows-1252 lacks raises UnicodeEncodeError
# about: encod(e|ed|ing)? ?error|UnicodeEncode|cannot be encoded|can't be encoded|not in (Windows|cp)|no exception|exception|raise|Chinese|emoji|UnicodeError
def repair_mojibake(text: str) -> str:
    while True:
        try:
            better = text.encode("cp1252").decode("utf-8")
        except UnicodeDecodeError:
            return text
        if better == text:
            return text
        text = better
