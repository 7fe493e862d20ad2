# exercise: repair_mojibake
# expect: wrong
# meant: decodes with errors="replace", so that an honest é becomes the replacement character
# about: replace|replacement|�|FFFD|question mark|strict|honest|damag|café|no mojibake|not mojibake|valid UTF-8
def repair_mojibake(text: str) -> str:
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return text
    fixed = data.decode("utf-8", errors="replace")
    return fixed if fixed == text else repair_mojibake(fixed)
