# exercise: repair_mojibake
# expect: wrong
# meant: makes mojibake instead of undoing it: encodes in UTF-8 and decodes as cp1252
# about: backward|wrong way|other way|direction|swap|revers|makes? (it|mojibake)|exchang|the way (it came|back)|opposite|encode with|creates?|which encoding|round the wrong
def repair_mojibake(text: str) -> str:
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeError:
        return text
