# exercise: jaccard
# expect: wrong
# meant: a shingle begins at every character: the short pieces at the end count too
# about: enough (others|characters)|tail|short(er)? (piece|run|shingle|end)|at the end|end of the text|too (many|short)|last (few|characters|piece)|incomplete|fewer than|exactly `?size|leftover|remain
def jaccard(first: str, second: str, size: int = 5) -> float:
    first, second = first.casefold(), second.casefold()
    a = {first[i : i + size] for i in range(len(first))} or {""}
    b = {second[i : i + size] for i in range(len(second))} or {""}
    return len(a & b) / len(a | b)
