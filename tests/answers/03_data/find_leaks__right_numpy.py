# exercise: find_leaks
# expect: right
# meant: a matrix of likenesses and numpy's maximum
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    if not train or not test:
        return []
    known = [clean_text(text) for text in train]
    table_ = np.array([[jaccard(text, other) for other in known] for text in map(clean_text, test)])
    return np.flatnonzero(table_.max(axis=1) >= threshold).tolist()
