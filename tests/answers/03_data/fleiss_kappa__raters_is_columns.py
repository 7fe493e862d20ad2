# exercise: fleiss_kappa
# expect: wrong
# meant: takes the number of categories for the number of raters
# about: number of (categories|columns|raters|votes)|raters|how many (raters|people)|len\(counts\[0\]\)|row sum|sum of (a|the|each) row|\bN\b
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    items, raters = n.shape
    p_i = ((n**2).sum(axis=1) - raters) / (raters * (raters - 1) or 1)
    p_j = n.sum(axis=0) / (items * raters)
    p_e = (p_j**2).sum()
    if p_e == 1:
        return 1.0
    return float((p_i.mean() - p_e) / (1 - p_e))
