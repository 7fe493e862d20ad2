# exercise: fleiss_kappa
# expect: wrong
# meant: chance is taken as 1 over the number of categories
# about: uniform|shares? of (the|each)|p_j|equally (likely|often)|1 ?/ ?(k|the number)|one over|number of categories|chance|frequen|columns?|expected
def fleiss_kappa(counts: list[list[int]]) -> float:
    raters, categories = sum(counts[0]), len(counts[0])
    used = [column for column in zip(*counts) if any(column)]
    if len(used) == 1:
        return 1.0
    observed = sum((sum(n * n for n in row) - raters) / (raters * (raters - 1)) for row in counts) / len(counts)
    chance = 1 / categories
    return (observed - chance) / (1 - chance)
