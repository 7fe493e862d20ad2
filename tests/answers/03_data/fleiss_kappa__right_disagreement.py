# exercise: fleiss_kappa
# expect: right
# meant: kappa as 1 minus observed over expected disagreement, in numpy
def fleiss_kappa(counts: list[list[int]]) -> float:
    n = np.asarray(counts, dtype=np.int64)
    total, raters = int(n.sum()), int(n[0].sum())
    column = n.sum(axis=0)
    expected = total**2 - int((column**2).sum())  # over total²
    if expected == 0:
        return 1.0
    observed = len(counts) * raters**2 - int((n**2).sum())  # over items · raters · (raters - 1)
    return 1 - (observed / (total * (raters - 1))) / (expected / total**2)
