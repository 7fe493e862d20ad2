# exercise: jaccard
# expect: wrong
# meant: divides by the size of the smaller set (overlap coefficient), not of the union
# about: union|either text|smaller|shorter|contain|overlap coefficient|denominator|subset|divid|together
def jaccard(first: str, second: str, size: int = 5) -> float:
    first, second = first.casefold(), second.casefold()
    a = {first[i : i + size] for i in range(max(len(first) - size + 1, 1))}
    b = {second[i : i + size] for i in range(max(len(second) - size + 1, 1))}
    return len(a & b) / min(len(a), len(b))
