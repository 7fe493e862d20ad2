# exercise: find_leaks
# expect: right
# meant: a set comprehension over itertools.product, sorted afterwards
from itertools import product


def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    left, right = list(map(clean_text, train)), list(enumerate(map(clean_text, test)))
    return sorted({i for other, (i, text) in product(left, right) if not jaccard(other, text) < threshold})
