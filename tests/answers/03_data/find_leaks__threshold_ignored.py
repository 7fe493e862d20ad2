# exercise: find_leaks
# expect: wrong
# meant: 0.6 is written into the code and the argument threshold is ignored
# about: ignor|argument|hard|always 0\.6|other threshold|another threshold|fixed|parameter|default|`?threshold`? (is|has|must|given|that)
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    known = [clean_text(text) for text in train]
    found = set()
    for i, text in enumerate(test):
        for k in known:
            if jaccard(clean_text(text), k) >= 0.6:
                found.add(i)
                break
    return sorted(found)
