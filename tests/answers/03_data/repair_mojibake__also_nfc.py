# exercise: repair_mojibake
# expect: wrong
# meant: normalises the result too, so that sound decomposed text does not come back as it is
# about: NFC|normal|compos|accent|as it is|unchanged|combining
def repair_mojibake(text: str) -> str:
    try:
        better = text.encode("cp1252").decode("utf-8")
        if better != text:
            return repair_mojibake(better)
    except (UnicodeEncodeError, UnicodeDecodeError):
        pass
    return unicodedata.normalize("NFC", text)
