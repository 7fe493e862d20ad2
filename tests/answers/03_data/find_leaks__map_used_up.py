# exercise: find_leaks
# expect: wrong
# meant: train becomes a map object, which is used up after the first test text
# about: used up|exhaust|iterator|generator|map\b|first test|only the first|consum|empty after|one(-| )?(time|pass)|run(s)? (dry|out)|afterwards|later test|second test
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    known = map(clean_text, train)
    return [i for i, text in enumerate(test) if any(jaccard(clean_text(text), k) >= threshold for k in known)]
