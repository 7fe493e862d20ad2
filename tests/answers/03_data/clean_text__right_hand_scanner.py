# exercise: clean_text
# expect: right
# meant: scans for tags by hand, character by character, no regular expression
def clean_text(text: str) -> str:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    out, i = [], 0
    while i < len(text):
        if text[i] == "<":
            j = i + 1
            if j < len(text) and text[j] == "/":
                j += 1
            if j < len(text) and text[j] in letters:
                end = text.find(">", j)
                if end != -1:
                    out.append(" ")
                    i = end + 1
                    continue
        out.append(text[i])
        i += 1
    decoded = html.unescape("".join(out))
    composed = unicodedata.normalize("NFC", decoded)
    words, word = [], ""
    for char in composed:
        if char.isspace():
            if word:
                words.append(word)
            word = ""
        else:
            word += char
    if word:
        words.append(word)
    return " ".join(words)
