# exercise: repair_mojibake
# expect: wrong
# meant: errors="ignore": honest accents and foreign characters are thrown away
# about: ignore|los[et]|lost|thrown away|drop|vanish|disappear|missing char|swallow|delet|honest|damag|whole|strict|no mojibake|not mojibake|café|stay
def repair_mojibake(text: str) -> str:
    while True:
        fixed = text.encode("cp1252", errors="ignore").decode("utf-8", errors="ignore")
        if fixed == text:
            return text
        text = fixed
