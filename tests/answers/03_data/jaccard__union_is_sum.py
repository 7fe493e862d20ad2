# exercise: jaccard
# expect: wrong
# meant: takes the sum of both sizes for the union: equal texts give 0.5
# about: union|either text|twice|sum|0\.5|half|equal texts|same text|identical|denominator|together|added
def jaccard(first: str, second: str, size: int = 5) -> float:
    def cut(t):
        t = t.casefold()
        return set(t[i : i + size] for i in range(max(1, len(t) - size + 1)))

    common = len(cut(first).intersection(cut(second)))
    return common / (len(cut(first)) + len(cut(second)))
