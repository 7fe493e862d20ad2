# exercise: find_leaks
# expect: wrong
# meant: compares the raw texts
# about: clean|raw|tags?\b|HTML|entit|spaces|markup
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    return [i for i in range(len(test)) if any(jaccard(t, test[i]) >= threshold for t in train)]
