# exercise: find_leaks
# expect: wrong
# meant: finds equal texts only, by a set
# about: near|nearly|exact|equal|identical|likeness|jaccard|threshold|small change|alike|resembl|similar
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    known = {clean_text(text).casefold() for text in train}
    return [i for i, text in enumerate(test) if clean_text(text).casefold() in known]
