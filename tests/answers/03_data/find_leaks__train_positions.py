# exercise: find_leaks
# expect: wrong
# meant: returns positions in the training set
# about: positions? in `?(test|train)|train.*position|position.*train|training (positions|texts|rows|set)|wrong (list|set|split)|test (positions|texts|set)|`?test`?
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    tests = [clean_text(text) for text in test]
    return [
        i
        for i, text in enumerate(train)
        if any(jaccard(clean_text(text), other) >= threshold for other in tests)
    ]
