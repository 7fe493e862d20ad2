# exercise: jaccard
# expect: wrong
# meant: counts each occurrence of a shingle, not each shingle once
# about: counts? (each )?once|\bonce\b|repeat|multi|several times|occurs? (twice|more|several)|a set\b|\bsets?\b|duplicate|twice|distinct|how often
def jaccard(first: str, second: str, size: int = 5) -> float:
    def bag(text):
        text = text.casefold()
        return Counter(text[i : i + size] for i in range(max(len(text) - size + 1, 1)))

    a, b = bag(first), bag(second)
    return sum((a & b).values()) / sum((a | b).values())
