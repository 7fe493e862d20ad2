# exercise: repair_mojibake
# expect: wrong
# meant: if the second round fails, the original text is returned and the first repair is lost
# about: original|first repair|second (round|time|pass|try|attempt)|all the way|lost|progress|last (good|valid|repaired)|half|so far|from the start|throws? away|undone|discard|fails? .*later
def repair_mojibake(text: str) -> str:
    result = text
    try:
        while True:
            better = result.encode("cp1252").decode("utf-8")
            if better == result:
                return result
            result = better
    except UnicodeError:
        return text
