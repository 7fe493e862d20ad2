# exercise: jaccard
# expect: wrong
# meant: five is written into the code, the argument size is ignored
# about: `?size`?\b.*(ignor|argument|used|parameter|other|fix)|ignor.*size|hard|always (five|5)|fixed|default|other sizes?|another size|parameter|argument
def jaccard(first: str, second: str, size: int = 5) -> float:
    a = first.casefold()
    b = second.casefold()
    s1 = {a[i : i + 5] for i in range(max(len(a) - 4, 1))}
    s2 = {b[i : i + 5] for i in range(max(len(b) - 4, 1))}
    return len(s1 & s2) / len(s1 | s2)
