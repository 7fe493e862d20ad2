# exercise: fleiss_kappa
# expect: wrong
# meant: // instead of /: the share of agreeing pairs becomes 0 or 1
# about: integer division|whole[- ]number|//|floor|round|truncat|fraction|cut off|true division|integers?\b
def fleiss_kappa(counts: list[list[int]]) -> float:
    items, raters = len(counts), sum(counts[0])
    p = [(sum(n**2 for n in row) - raters) // (raters * (raters - 1)) for row in counts]
    p_bar = sum(p) / items
    p_e = sum((sum(column) / (items * raters)) ** 2 for column in zip(*counts))
    return 1.0 if p_e == 1 else (p_bar - p_e) / (1 - p_e)
