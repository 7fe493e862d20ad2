# exercise: clean_text
# expect: wrong
# meant: forgets to bring the text into normal form C
# about: NFC|normal form|normali[sz]|compos|combining|accent|code points?
def clean_text(text: str) -> str:
    result = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    result = html.unescape(result)
    return " ".join(result.split())
