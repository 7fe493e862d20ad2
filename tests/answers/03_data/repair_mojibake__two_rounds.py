# exercise: repair_mojibake
# expect: wrong
# meant: tries exactly two rounds, not as many as needed
# about: three|thrice|third|more (than two|often|rounds|times)|as often|as many|until|two (rounds|times|passes)|twice (only|or more)|or more|fixed number|several times|number of (rounds|times)
def repair_mojibake(text: str) -> str:
    for _ in range(2):
        try:
            text = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            pass
    return text
