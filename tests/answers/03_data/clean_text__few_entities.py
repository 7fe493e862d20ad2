# exercise: clean_text
# expect: wrong
# meant: decodes a handful of named entities by hand and no others, no numeric ones
# about: numeric|numbered|&#|other entit|every entity|all (HTML )?entit|html\.unescape|some entit|more entit|named|&eacute|&nbsp|only (a few|some|the)|entit
def clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, char)
    text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())
