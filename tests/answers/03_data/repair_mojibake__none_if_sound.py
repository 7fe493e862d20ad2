# exercise: repair_mojibake
# expect: wrong
# meant: returns None for a text that is no mojibake: nothing is returned after the except
# about: None|return(s|ed)? nothing|no return|without a return|unchanged|as it is|must be returned|forget|missing return|without return|end of the function
def repair_mojibake(text: str) -> str:
    try:
        fixed = text.encode("cp1252").decode("utf-8")
        if fixed != text:
            return repair_mojibake(fixed) or fixed
    except UnicodeError:
        pass
