# exercise: repair_mojibake
# expect: wrong
# meant: a hand-made table of frequent sequences; all others stay
# about: table|list of|other (characters|sequences|letters|accents)|every (character|sequence|mojibake)|not all|all (characters|sequences|mojibake)|only (some|a few|the|those)|general|encode|replace|known|particular
TABLE = {"â€™": "’", "â€œ": "“", "â€“": "–", "â€”": "—", "Ã©": "é", "Ã¨": "è", "Ã¼": "ü"}


def repair_mojibake(text: str) -> str:
    for bad, good in TABLE.items():
        text = text.replace(bad, good)
    return text
