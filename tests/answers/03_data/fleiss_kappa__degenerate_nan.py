# exercise: fleiss_kappa
# expect: wrong
# meant: does not treat the case that all votes are in one category: divides by zero
# about: one category|single category|zero by zero|divi(des?|sion|ding) .*zero|nan|ZeroDivision|0/0|degenerate|all votes|1\.0
def fleiss_kappa(counts: list[list[int]]) -> float:
    items, raters = len(counts), sum(counts[0])
    agreement = sum((sum(n * n for n in row) - raters) / (raters * (raters - 1)) for row in counts) / items
    chance = sum((sum(column) / (items * raters)) ** 2 for column in zip(*counts))
    return (agreement - chance) / (1 - chance)
