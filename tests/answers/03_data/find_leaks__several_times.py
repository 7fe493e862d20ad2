# exercise: find_leaks
# expect: wrong
# meant: a test text that resembles two training texts is reported twice
# about: \bonce\b|twice|repeat|several|duplicate|more than (once|one)|each time|two training texts|same position
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    leaks = []
    for i, text in enumerate(test):
        for other in train:
            if jaccard(clean_text(text), clean_text(other)) >= threshold:
                leaks.append(i)
    return leaks
