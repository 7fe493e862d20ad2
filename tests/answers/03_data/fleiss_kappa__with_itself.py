# exercise: fleiss_kappa
# expect: wrong
# meant: P_i is the sum of squared shares: each rater is also compared with himself
# about: itself|himself|themsel|different raters|- ?N\b|N ?\(N ?[-−] ?1\)|N-1|minus|squared shares|pairs of|same rater|own vote|subtract|P_i|per item
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    raters = n[0].sum()
    p_bar = ((n / raters) ** 2).sum(axis=1).mean()
    p_e = ((n.sum(axis=0) / n.sum()) ** 2).sum()
    return 1.0 if p_e == 1 else float((p_bar - p_e) / (1 - p_e))
