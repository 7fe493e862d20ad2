# exercise: jaccard
# expect: wrong
# meant: range stops one too early: the last shingle is missing
# about: last shingle|off by one|one (too few|shingle|short|less)|\+ ?1|too early|at the end|last (run|character|one)|final|number of shingles|exactly `?size
def jaccard(first: str, second: str, size: int = 5) -> float:
    def shingles(text):
        text = text.casefold()
        return {text[i : i + size] for i in range(max(len(text) - size, 1))}

    one, two = shingles(first), shingles(second)
    return len(one & two) / len(one | two)
