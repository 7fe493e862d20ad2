# exercise: find_leaks
# expect: wrong
# meant: returns the texts instead of their positions
# about: position|ind(ex|ices)|texts? (themselves|instead|rather)|strings?
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    known = [clean_text(text) for text in train]
    return [text for text in test if any(jaccard(clean_text(text), k) >= threshold for k in known)]
