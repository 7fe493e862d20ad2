# exercise: jaccard
# expect: wrong
# meant: lower instead of casefold: ß and ss stay different
# about: casefold|ß|sharp s|lower|folding|fold
def jaccard(first: str, second: str, size: int = 5) -> float:
    def cut(text):
        text = text.lower()
        if len(text) < size:
            return {text}
        return {text[i : i + size] for i in range(len(text) - size + 1)}

    x, y = cut(first), cut(second)
    return len(x & y) / len(x | y)
