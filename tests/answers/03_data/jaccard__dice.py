# exercise: jaccard
# expect: wrong
# meant: Dice's index: twice the common over the sum of the sizes
# about: dice|union|either text|sum of|together|denominator|added|counted twice|common .*twice|twice .*common
def jaccard(first: str, second: str, size: int = 5) -> float:
    first, second = first.casefold(), second.casefold()
    a = {first[i : i + size] for i in range(max(len(first) - size + 1, 1))}
    b = {second[i : i + size] for i in range(max(len(second) - size + 1, 1))}
    return 2 * len(a & b) / (len(a) + len(b))
