# exercise: repair_mojibake
# expect: right
# meant: a generator of all readings; the last one counts
def repair_mojibake(text: str) -> str:
    def readings(current):
        yield current
        while not current.isascii():
            try:
                current = current.encode("cp1252").decode("utf-8")
            except UnicodeError:
                return
            yield current

    *_, last = readings(text)
    return last
