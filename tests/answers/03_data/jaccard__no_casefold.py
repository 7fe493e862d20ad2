# exercise: jaccard
# expect: wrong
# meant: capital letters are not folded
# about: casefold|capital|upper|lower|\bcase\b|case-
def jaccard(first: str, second: str, size: int = 5) -> float:
    a = {first[i : i + size] for i in range(max(len(first) - size + 1, 1))}
    b = {second[i : i + size] for i in range(max(len(second) - size + 1, 1))}
    return len(a & b) / len(a | b)
