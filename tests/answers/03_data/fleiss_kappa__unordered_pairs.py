# exercise: fleiss_kappa
# expect: wrong
# meant: divides ordered pairs by the number of unordered pairs: shares up to 2
# about: unordered|ordered|twice|half|/ ?2|double|N ?\(N ?[-−] ?1\)|pairs|more than 1|above 1|at most 1|factor
def fleiss_kappa(counts: list[list[int]]) -> float:
    items, raters = len(counts), sum(counts[0])
    possible = raters * (raters - 1) / 2
    p_bar = sum(sum(n * n - n for n in row) / possible for row in counts) / items
    p_e = sum((sum(column) / (items * raters)) ** 2 for column in zip(*counts))
    return 1.0 if p_e == 1 else (p_bar - p_e) / (1 - p_e)
