# exercise: clean_text
# expect: right
# meant: the steps as a list of functions, folded over the text with reduce
from functools import partial, reduce

STEPS = [
    partial(re.compile(r"<(?:/)?[^\W\d_][^>]*?>", re.ASCII).sub, " "),
    html.unescape,
    partial(unicodedata.normalize, "NFC"),
    partial(re.sub, r"\s+", " "),
    str.strip,
]


def clean_text(text: str) -> str:
    return reduce(lambda value, step: step(value), STEPS, text)
