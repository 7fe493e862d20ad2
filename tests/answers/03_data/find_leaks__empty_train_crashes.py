# exercise: find_leaks
# expect: wrong
# meant: max of nothing: an empty training set raises a ValueError
# about: empty|ValueError|max\(|raises?|exception|no training|without training|nothing
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    cleaned = [clean_text(text) for text in train]
    return [i for i, text in enumerate(test) if max(jaccard(clean_text(text), c) for c in cleaned) >= threshold]
