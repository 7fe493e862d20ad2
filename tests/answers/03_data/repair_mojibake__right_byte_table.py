# exercise: repair_mojibake
# expect: right
# meant: builds the reverse table of cp1252 by hand and compares lengths: a repaired text is shorter
def repair_mojibake(text: str) -> str:
    table = {}
    for number in range(256):
        try:
            table[bytes([number]).decode("cp1252")] = number
        except UnicodeDecodeError:
            continue
    while all(char in table for char in text):
        data = bytes(table[char] for char in text)
        try:
            shorter = str(data, encoding="utf-8", errors="strict")
        except UnicodeDecodeError:
            break
        if len(shorter) == len(text):
            break
        text = shorter
    return text
