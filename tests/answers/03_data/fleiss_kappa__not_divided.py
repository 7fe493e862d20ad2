# exercise: fleiss_kappa
# expect: wrong
# meant: forgets to divide by 1 - P_e: the difference alone is returned
# about: divi|1 ?[-−] ?(P|chance)|scal|denominator|normali|difference|full agreement|perfect|remainder
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    raters = n[0].sum()
    p_bar = ((n * (n - 1)).sum(axis=1) / (raters * (raters - 1))).mean()
    p_e = ((n.sum(axis=0) / n.sum()) ** 2).sum()
    return 1.0 if p_e == 1 else float(p_bar - p_e)
