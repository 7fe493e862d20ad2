# exercise: jaccard
# expect: wrong
# meant: a text shorter than size has no shingle at all, so that two equal short texts get 0
# about: short(er)?\b|fewer than|empty|single shingle|itself|zero|no shingle|ZeroDivision|division
def jaccard(first: str, second: str, size: int = 5) -> float:
    first, second = first.casefold(), second.casefold()
    a = {first[i : i + size] for i in range(len(first) - size + 1)}
    b = {second[i : i + size] for i in range(len(second) - size + 1)}
    union = a | b
    if not union:
        return 0.0
    return len(a & b) / len(union)
