# exercise: fleiss_kappa
# expect: wrong
# meant: negative values are cut off at 0
# about: negative|below (0|zero)|worse than chance|clamp|max\(|less than (0|zero)|cut off|minus
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    N = n[0].sum()
    p_bar = (((n**2).sum(axis=1) - N) / (N * (N - 1))).mean()
    p_e = ((n.sum(axis=0) / n.sum()) ** 2).sum()
    if p_e == 1:
        return 1.0
    return max(0.0, float((p_bar - p_e) / (1 - p_e)))
