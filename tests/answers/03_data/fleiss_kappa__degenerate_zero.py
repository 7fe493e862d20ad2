# exercise: fleiss_kappa
# expect: wrong
# meant: gives 0.0 instead of 1.0 if all votes are in one category
# about: one category|single category|zero by zero|1\.0|degenerate|all votes|full(y)? agree|undefined|same category
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    N = n[0].sum()
    P = ((n**2).sum(axis=1) - N) / (N * (N - 1))
    p = n.sum(axis=0) / n.sum()
    Pe = (p**2).sum()
    if Pe == 1:
        return 0.0
    return float((P.mean() - Pe) / (1 - Pe))
