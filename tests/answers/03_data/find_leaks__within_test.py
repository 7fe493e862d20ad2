# exercise: find_leaks
# expect: wrong
# meant: compares the test texts with one another too (train + test)
# about: one another|each other|among (the )?test|within|test texts? .*test|only (the )?train|same (split|set)|both sets|itself|training texts only|other test
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    pool = [clean_text(text) for text in train]
    leaks = []
    for i, text in enumerate(test):
        text = clean_text(text)
        if any(jaccard(text, other) >= threshold for other in pool):
            leaks.append(i)
        pool.append(text)
    return leaks
