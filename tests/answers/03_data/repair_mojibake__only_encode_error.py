# exercise: repair_mojibake
# expect: wrong
# meant: catches only UnicodeEncodeError; an honest café raises UnicodeDecodeError
# about: decod(e|ed|ing)? ?error|UnicodeDecode|valid UTF-8|not UTF-8|no exception|exception|raise|café|honest|UnicodeError
def repair_mojibake(text: str) -> str:
    try:
        fixed = text.encode("cp1252").decode("utf-8")
    except UnicodeEncodeError:
        return text
    return text if fixed == text else repair_mojibake(fixed)
