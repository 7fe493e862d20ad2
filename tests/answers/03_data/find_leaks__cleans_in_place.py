# exercise: find_leaks
# expect: wrong
# meant: writes the cleaned texts back into the caller's lists
# about: argument|mutat|in place|caller|modif|unchanged|alter|chang(es|ed) (the|its|your)|overwr|copy
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    for texts in (train, test):
        for i in range(len(texts)):
            texts[i] = clean_text(texts[i])
    return [i for i, text in enumerate(test) if any(jaccard(text, other) >= threshold for other in train)]
