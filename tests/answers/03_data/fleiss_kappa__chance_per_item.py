# exercise: fleiss_kappa
# expect: wrong
# meant: chance is computed for each item from its own votes and averaged
# about: (each|every|single|per|own) item|item by item|over all items|all items|all votes|whole table|columns?\b|p_j|chance|expected
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.array(counts, dtype=float)
    N = n[0].sum()
    p_bar = (((n**2).sum(axis=1) - N) / (N * (N - 1))).mean()
    p_e = ((n / N) ** 2).sum(axis=1).mean()
    return 1.0 if p_e == 1 else float((p_bar - p_e) / (1 - p_e))
