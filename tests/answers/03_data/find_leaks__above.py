# exercise: find_leaks
# expect: wrong
# meant: above the threshold only: a likeness of exactly the threshold is no leak
# about: includ|exactly|equal|>=|at least|from .* on|at the threshold|boundary|greater|above|strict
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    train = [clean_text(text) for text in train]
    test = [clean_text(text) for text in test]
    return [i for i, text in enumerate(test) if any(jaccard(text, other) > threshold for other in train)]
