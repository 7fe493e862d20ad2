# exercise: repair_mojibake
# expect: wrong
# meant: repairs each word alone, so that a text which is no mojibake as a whole is changed in part (and white space with it)
# about: whole|word|part(s|ly|ial)?\b|piece|as it is|entire|spaces?|all of (it|the text)|mixed|in full
def repair_mojibake(text: str) -> str:
    def fix(word):
        try:
            better = word.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return word
        return word if better == word else fix(better)

    return " ".join(fix(word) for word in text.split(" "))
