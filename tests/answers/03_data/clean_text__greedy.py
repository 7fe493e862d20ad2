# exercise: clean_text
# expect: wrong
# meant: greedy pattern: a tag reaches to the last > of the text instead of the next one
# about: greedy|lazy|last `?>|next `?>|too (far|much)|first `?>|between (two |the )?tags|up to the (last|next|end)|\.\*
def clean_text(text):
    no_tags = re.sub(r"</?[A-Za-z].*>", " ", text, flags=re.DOTALL)
    return " ".join(unicodedata.normalize("NFC", html.unescape(no_tags)).split())
