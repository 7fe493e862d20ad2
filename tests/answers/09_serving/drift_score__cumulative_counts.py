# exercise: drift_score
# expect: wrong
# meant: counts cumulatively, as the histogram does: all numbers up to the bound and not those of the bin
# about: cumulat|previous|below|lower|up to each bound
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    B = len(bounds) + 1
    total = 0
    for bound in list(bounds) + [math.inf]:
        c_ref = len([v for v in reference if v <= bound])
        c_cur = len([v for v in current if v <= bound])
        p = (c_ref + 0.5) / (len(reference) + 0.5 * B)
        q = (c_cur + 0.5) / (len(current) + 0.5 * B)
        total += (q - p) * math.log(q / p)
    return total
