# exercise: jaccard
# expect: wrong
# meant: shingles of words instead of characters
# about: characters?|words?\b|letters?
def jaccard(first: str, second: str, size: int = 5) -> float:
    def shingles(text):
        words = text.casefold().split()
        return {tuple(words[i : i + size]) for i in range(max(len(words) - size + 1, 1))}

    a, b = shingles(first), shingles(second)
    return len(a & b) / len(a | b)
