# exercise: jaccard
# expect: wrong
# meant: throws out spaces and punctuation before cutting
# about: punctuat|spaces?\b|comma|letters only|removed? |throw
def jaccard(first: str, second: str, size: int = 5) -> float:
    def cut(text):
        text = re.sub(r"\W+", "", text.casefold())
        return {text[i : i + size] for i in range(max(len(text) - size + 1, 1))}

    a, b = cut(first), cut(second)
    return len(a & b) / len(a | b)
