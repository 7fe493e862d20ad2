# exercise: find_leaks
# expect: right
# meant: plain loops with a helper that returns early
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    def likeness(text):
        best = -1.0
        for other in train:
            best = max(best, jaccard(clean_text(other), clean_text(text)))
        return best

    leaks = []
    position = 0
    for text in test:
        if train and likeness(text) >= threshold:
            leaks.append(position)
        position += 1
    return leaks
