# exercise: jaccard
# expect: right
# meant: shingles as tuples by zipping shifted texts; inclusion and exclusion for the union
def jaccard(first: str, second: str, size: int = 5) -> float:
    def shingles(text):
        text = text.casefold()
        return set(zip(*(text[shift:] for shift in range(size)))) or {tuple(text)}

    one, two = shingles(first), shingles(second)
    common = sum(shingle in two for shingle in one)
    return common / (len(one) + len(two) - common)
