# exercise: fleiss_kappa
# expect: wrong
# meant: returns the mean agreement and never takes chance away
# about: chance|p_e|expected|subtract|takes? away|observed|correct
def fleiss_kappa(counts: list[list[int]]) -> float:
    raters = sum(counts[0])
    return sum(sum(n * (n - 1) for n in row) / (raters * (raters - 1)) for row in counts) / len(counts)
