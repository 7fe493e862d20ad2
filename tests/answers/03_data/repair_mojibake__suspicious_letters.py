# exercise: repair_mojibake
# expect: wrong
# meant: only repairs if Ã or â stands in the text; other lead characters are overlooked
# about: Ã|lead(ing)? (byte|character)|other (characters|letters|signs|scripts)|only (if|when|texts)|Cyrillic|Greek|©|Â|suspicio|look(s|ing)? for|certain|particular
def repair_mojibake(text: str) -> str:
    while "Ã" in text or "â" in text:
        try:
            better = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            break
        text = better
    return text
