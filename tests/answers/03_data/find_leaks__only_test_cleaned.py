# exercise: find_leaks
# expect: wrong
# meant: cleans the test texts, but not the training texts
# about: both|train.*clean|clean.*train|raw|only (the )?test|training texts?|one side|HTML|tags
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    leaks = []
    for i, text in enumerate(test):
        text = clean_text(text)
        if any(jaccard(text, other) >= threshold for other in train):
            leaks.append(i)
    return leaks
