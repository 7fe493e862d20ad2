# exercise: find_leaks
# expect: wrong
# meant: all instead of any: must resemble every training text
# about: \ball\b|\bany\b|every|each|one (is enough|suffices|training)|some training|at least one|single
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    known = [clean_text(text) for text in train]
    return [i for i, text in enumerate(test) if all(jaccard(clean_text(text), k) >= threshold for k in known)]
